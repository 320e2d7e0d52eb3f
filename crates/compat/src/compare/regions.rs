//! The regions of the service and their hosts.

use super::Comparison;
use super::table::{At, Differing, differing, entries, is_reordered, matched, places};
use crate::rule::Rule;

impl<'a> Comparison<'a> {
    /// The member `regions` of two files.
    pub(super) fn regions(&mut self, member: &Differing<'a>) {
        let key = Some("name");
        let (Some(old), Some(new)) = (
            entries(member.old.as_ref(), key),
            entries(member.new.as_ref(), key),
        ) else {
            return self.unclassified(member.places(), member.name);
        };
        let before = self.changes.len();
        for (name, old, new) in matched(&old, &new) {
            match (&old, &new) {
                (Some(old), Some(new)) => self.region(&name, old, new),
                (old, new) => {
                    let (rule, how) = match old {
                        Some(_) => (Rule::RegionRemoved, "gone"),
                        None => (Rule::RegionAdded, "new"),
                    };
                    let places = places(old.as_ref(), new.as_ref());
                    self.report(rule, places, format!("the region `{name}` is {how}"));
                }
            }
        }
        // Users see the order, in `Region::ALL`.
        if is_reordered(&old, &new) {
            let summary = "the regions stand in another order";
            self.report(Rule::OrderChanged, member.places(), summary);
        }
        self.if_silent(before, member, (&old, &new), "the regions");
    }

    fn region(&mut self, name: &str, old: &At<'a>, new: &At<'a>) {
        let Some(members) = differing(old, new) else {
            return self.unclassified(places(Some(old), Some(new)), "regions");
        };
        for member in members {
            let rule = match member.name {
                "backupHost" if member.old.is_none() => Rule::BackupHostAdded,
                "host" | "backupHost" => Rule::HostChanged,
                "description" => Rule::DocumentationChanged,
                _ => Rule::Unclassified,
            };
            let what = format!("`{}` of the region `{name}`", member.name);
            self.changed(rule, &member, &what);
        }
    }
}
