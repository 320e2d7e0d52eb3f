//! Reading and writing regions as text.

use std::fmt;
use std::str::FromStr;

use crate::Region;

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    /// Reads [`Region::name`] in upper or lower case.
    fn from_str(text: &str) -> Result<Self, UnknownRegion> {
        Region::ALL
            .iter()
            .copied()
            .find(|region| region.name().eq_ignore_ascii_case(text))
            .ok_or(UnknownRegion)
    }
}

/// The text is not the name of a region. The message lists the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownRegion;

impl fmt::Display for UnknownRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown region, known are")?;
        for (index, region) in Region::ALL.iter().enumerate() {
            write!(f, "{} {region}", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownRegion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_reads_back_from_its_name() {
        for region in Region::ALL {
            assert_eq!(region.to_string().parse(), Ok(*region));
            assert_eq!(region.name().to_uppercase().parse(), Ok(*region));
        }
    }

    #[test]
    fn hosts_are_distinct() {
        let mut hosts: Vec<_> = Region::ALL
            .iter()
            .flat_map(|region| [Some(region.host()), region.backup_host()])
            .flatten()
            .collect();
        hosts.sort_unstable();
        hosts.dedup();
        assert_eq!(hosts.len(), 2 * Region::ALL.len());
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let error = "mars".parse::<Region>().unwrap_err().to_string();
        assert!(error.contains("china, singapore"), "{error}");
        assert!(error.contains("saudi-arabia"), "{error}");
        assert!("".parse::<Region>().is_err());
        assert!(" china".parse::<Region>().is_err());
    }
}
