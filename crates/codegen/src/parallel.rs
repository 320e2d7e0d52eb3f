//! Work on all processors at once.

use rayon::prelude::*;

use crate::error::CodegenError;

/// What `make` makes of each item, in their order. If it fails more than once, the first
/// error in this order is reported, so that it does not depend on which thread is faster.
pub(crate) fn all<T: Sync, R: Send>(
    items: &[T],
    make: impl Fn(&T) -> Result<R, CodegenError> + Send + Sync,
) -> Result<Vec<R>, CodegenError> {
    let results: Vec<Result<R, CodegenError>> = items.par_iter().map(make).collect();
    results.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept_and_the_first_error_reported() {
        let items: Vec<usize> = (0..100).collect();
        assert_eq!(all(&items, |item| Ok(item * 2)).unwrap()[99], 198);
        let refuse = |item: &usize| match item {
            40.. => Err(CodegenError::in_file(&format!("{item}.json"), "odd")),
            _ => Ok(()),
        };
        let error = all(&items, refuse).unwrap_err().to_string();
        assert!(error.contains("40.json"), "{error}");
    }
}
