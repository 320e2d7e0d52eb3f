//! Tables of error codes.

use serde_json::Value;

use super::Comparison;
use super::table::{At, Differing, differing, entries, matched, places};
use crate::change::Place;
use crate::rule::Rule;

impl<'a> Comparison<'a> {
    /// The member `codes` of two files. `is_common` tells a table that all endpoints
    /// share from that of one endpoint.
    pub(super) fn codes(&mut self, member: &Differing<'a>, is_common: bool) {
        let key = Some("code");
        let (Some(old), Some(new)) = (
            entries(member.old.as_ref(), key),
            entries(member.new.as_ref(), key),
        ) else {
            return self.unclassified(member.places(), member.name);
        };
        let before = self.changes.len();
        for (code, old, new) in matched(&old, &new) {
            match (&old, &new) {
                (Some(old), Some(new)) => self.code(&code, old, new, is_common),
                (Some(old), None) => self.code_removed(&code, old, is_common),
                (None, Some(new)) => self.code_added(&code, new, is_common),
                (None, None) => {}
            }
        }
        self.if_silent(before, member, (&old, &new), "the codes");
    }

    fn code(&mut self, code: &str, old: &At<'a>, new: &At<'a>, is_common: bool) {
        let Some(members) = differing(old, new) else {
            return self.unclassified(places(Some(old), Some(new)), "codes");
        };
        let advises_otherwise = members.iter().any(|member| member.name == "retry");
        for member in members {
            let what = format!("`{}` of code {code}", member.name);
            let rule = match member.name {
                "class" => Rule::CodeClassChanged,
                "retry" => Rule::CodeRetryChanged,
                // A pause comes and goes with the advice to pause.
                "retryAfterSeconds" if advises_otherwise => continue,
                "retryAfterSeconds" => Rule::CodePauseChanged,
                "name" if is_common => Rule::CommonCodeRenamed,
                "name" => Rule::CodeRenamed,
                "meaning" | "remedy" => Rule::DocumentationChanged,
                _ => Rule::Unclassified,
            };
            self.changed(rule, &member, &what);
        }
    }

    fn code_removed(&mut self, code: &str, old: &At<'a>, is_common: bool) {
        let rule = if is_common {
            Rule::CommonCodeRemoved
        } else {
            Rule::CodeRemoved
        };
        let summary = format!("code {code}{} is gone", name_of(old));
        self.report(rule, places(Some(old), None), summary);
    }

    /// A code that is new on an endpoint may have been known from a common table, and
    /// then it is what the common table said that may have changed.
    fn code_added(&mut self, code: &str, new: &At<'a>, is_common: bool) {
        let summary = format!("code {code}{} is new", name_of(new));
        self.report(Rule::CodeAdded, places(None, Some(new)), summary);
        if is_common {
            return;
        }
        let Some(common) = self.common_code(new.value.get("code")) else {
            return;
        };
        for (keyword, rule) in [
            ("class", Rule::CodeClassChanged),
            ("retry", Rule::CodeRetryChanged),
        ] {
            let member = Differing {
                name: keyword,
                old: common.member(keyword),
                new: new.member(keyword),
            };
            let values = [&member.old, &member.new].map(|side| side.as_ref().map(|at| at.value));
            if values[0] != values[1] {
                let what = format!("`{keyword}` of code {code}, which was that of a common table,");
                self.changed(rule, &member, &what);
            }
        }
    }

    /// What yesterday's common tables say about a code.
    fn common_code(&self, code: Option<&Value>) -> Option<At<'a>> {
        self.old.set.files().find_map(|(name, file)| {
            if file.get("endpoint").is_some() {
                return None;
            }
            let table = file.get("codes")?;
            let is_it = |entry: &Value| entry.get("code") == code;
            let index = table.as_array()?.iter().position(is_it)?;
            Some(At {
                value: table.get(index)?,
                place: Place::new(name, "/codes").at(&index.to_string()),
            })
        })
    }
}

fn name_of(entry: &At<'_>) -> String {
    match entry.value.get("name").and_then(Value::as_str) {
        Some(name) => format!(" `{name}`"),
        None => String::new(),
    }
}
