use crate::rule::Class;

/// The least version that a release with changes of a class has, by the rules of Cargo:
/// below 1.0.0 the second number is the one that breaks. `None` when the text is no
/// version of three numbers.
pub fn next_version(version: &str, class: Class) -> Option<String> {
    let mut numbers = version.split('.').map(|number| number.parse::<u64>().ok());
    let (Some(major), Some(minor), Some(patch), None) = (
        numbers.next()?,
        numbers.next()?,
        numbers.next()?,
        numbers.next(),
    ) else {
        return None;
    };
    Some(match (class, major) {
        (Class::Breaking, 0) => format!("0.{}.0", minor + 1),
        (Class::Breaking, _) => format!("{}.0.0", major + 1),
        (Class::Minor, 1..) => format!("{major}.{}.0", minor + 1),
        (Class::Minor | Class::Patch, _) => format!("{major}.{minor}.{}", patch + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_one_the_second_number_breaks() {
        let next = |version, class| next_version(version, class).unwrap();
        assert_eq!(next("0.1.7", Class::Breaking), "0.2.0");
        assert_eq!(next("0.1.7", Class::Minor), "0.1.8");
        assert_eq!(next("0.1.7", Class::Patch), "0.1.8");
        assert_eq!(next("1.4.7", Class::Breaking), "2.0.0");
        assert_eq!(next("1.4.7", Class::Minor), "1.5.0");
        assert_eq!(next("1.4.7", Class::Patch), "1.4.8");
        assert_eq!(next_version("1.4", Class::Patch), None);
        assert_eq!(next_version("1.4.0-rc.1", Class::Patch), None);
    }
}
