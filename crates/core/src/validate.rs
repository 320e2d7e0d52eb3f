use crate::{Hint, Path, Report, Violations};

/// A request (or a part of one) that knows its documented limits.
///
/// Generated types implement [`check`](Validate::check) and
/// [`advise`](Validate::advise); callers use [`validate`](Validate::validate) and
/// [`hints`](Validate::hints).
pub trait Validate {
    /// Adds every documented rule that this value breaks to `report`.
    fn check(&self, at: &Path<'_>, report: &mut Report);

    /// Adds what is allowed, but has no effect or looks like a mistake.
    fn advise(&self, at: &Path<'_>, report: &mut Report);

    /// Compares this value with every documented limit. Allocates nothing when
    /// all is well.
    ///
    /// # Errors
    ///
    /// All violations, in document order, up to
    /// [`MAX_VIOLATIONS`](crate::MAX_VIOLATIONS).
    fn validate(&self) -> Result<(), Violations> {
        let mut report = Report::new();
        self.check(&Path::root(), &mut report);
        report.into_result()
    }

    /// What is allowed in this value, but has no effect or looks like a mistake.
    fn hints(&self) -> Vec<Hint> {
        let mut report = Report::new();
        self.advise(&Path::root(), &mut report);
        report.into_parts().1
    }
}
