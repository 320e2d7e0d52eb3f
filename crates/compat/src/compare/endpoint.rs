//! Where an endpoint is called and how it behaves.

use super::Comparison;
use super::table::{At, Differing, differing, entries, matched, places};
use crate::rule::Rule;

impl<'a> Comparison<'a> {
    /// The member `endpoint` of two files.
    pub(super) fn endpoint(&mut self, old: &At<'a>, new: &At<'a>) {
        let Some(members) = differing(old, new) else {
            return self.unclassified(places(Some(old), Some(new)), "endpoint");
        };
        for member in members {
            match member.name {
                "path" => self.changed(Rule::PathChanged, &member, "the path"),
                "payload" => self.changed(
                    Rule::PayloadPlaceChanged,
                    &member,
                    "the place of the reply's data",
                ),
                "page" => self.page(&member),
                "rate" => self.own_rate(&member),
                "otherRates" => self.other_rates(&member),
                "regions" => self.offered_regions(&member),
                "repeat" => self.repeat(&member),
                "group" => self.group(&member),
                "list" => self.paging(&member),
                name => self.unclassified(member.places(), name),
            }
        }
    }

    /// The page that a file follows.
    pub(super) fn page(&mut self, member: &Differing<'a>) {
        let changed = match (&member.old, &member.new) {
            (Some(old), Some(new)) => differing(old, new).unwrap_or_default(),
            _ => Vec::new(),
        };
        if changed.is_empty() {
            return self.changed(Rule::PageChanged, member, "the page");
        }
        for part in changed {
            if !["title", "url", "updated"].contains(&part.name) {
                self.unclassified(part.places(), part.name);
                continue;
            }
            let what = format!("`{}` of the page", part.name);
            self.changed(Rule::PageChanged, &part, &what);
        }
    }

    /// A rate is narrowed when there is a pace of calls that was within it and no
    /// longer is: twice the calls in twice the time allow a burst which the old rate
    /// does not, and not the other way round.
    fn group(&mut self, member: &Differing<'a>) {
        let rule = match member.old {
            None => Rule::MethodGrouped,
            Some(_) => Rule::MethodRegrouped,
        };
        self.changed(rule, member, "the group of the method");
    }

    fn paging(&mut self, member: &Differing<'a>) {
        let (Some(old), Some(new)) = (&member.old, &member.new) else {
            let (rule, how) = match member.old {
                None => (Rule::PagingAdded, "one page of a list"),
                Some(_) => (Rule::PagingChanged, "no longer one page of a list"),
            };
            return self.report(rule, member.places(), format!("the call is {how}"));
        };
        let Some(members) = differing(old, new) else {
            return self.unclassified(member.places(), member.name);
        };
        for part in members {
            match part.name {
                "items" => self.changed(Rule::PagingChanged, &part, "the list"),
                "mark" | "next" => {
                    let what = format!("`{}` of the list", part.name);
                    self.changed(Rule::PagingChanged, &part, &what);
                }
                name => self.unclassified(part.places(), name),
            }
        }
    }

    fn own_rate(&mut self, member: &Differing<'a>) {
        let (Some(old), Some(new)) = (&member.old, &member.new) else {
            return self.unclassified(member.places(), member.name);
        };
        self.rate_members(old, new, "the rate");
    }

    /// How many calls in how much time.
    fn rate(&mut self, old: Option<&At<'a>>, new: Option<&At<'a>>, what: &str) {
        let places = places(old, new);
        let (Some(yesterday), Some(today)) = (old.and_then(rate), new.and_then(rate)) else {
            return self.unclassified(places, "rate");
        };
        if yesterday == today {
            return;
        }
        let most = u128::from(yesterday.0) * u128::from(today.1.div_ceil(yesterday.1));
        let rule = if most > u128::from(today.0) {
            Rule::RateNarrowed
        } else {
            Rule::RateWidened
        };
        let summary = format!(
            "{what} is {}, was {}",
            rate_in_words(today),
            rate_in_words(yesterday)
        );
        self.report(rule, places, summary);
    }

    fn other_rates(&mut self, member: &Differing<'a>) {
        let key = Some("countedOver");
        let (Some(old), Some(new)) = (
            entries(member.old.as_ref(), key),
            entries(member.new.as_ref(), key),
        ) else {
            return self.unclassified(member.places(), member.name);
        };
        let before = self.changes.len();
        for (over, old, new) in matched(&old, &new) {
            let what = format!("the rate for one value of `{over}`");
            match (&old, &new) {
                (Some(old), Some(new)) => self.rate_members(old, new, &what),
                (Some(old), None) => self.report(
                    Rule::RateWidened,
                    places(Some(old), None),
                    format!("{what} is gone"),
                ),
                (None, new) => self.report(
                    Rule::RateNarrowed,
                    places(None, new.as_ref()),
                    format!("{what} is new"),
                ),
            }
        }
        self.if_silent(before, member, (&old, &new), "the rates");
    }

    fn rate_members(&mut self, old: &At<'a>, new: &At<'a>, what: &str) {
        let Some(members) = differing(old, new) else {
            return self.unclassified(places(Some(old), Some(new)), what);
        };
        let mut is_other = false;
        for member in members {
            match member.name {
                "calls" | "perSeconds" => is_other = true,
                "sharedBy" => self.shared_rate(&member, what),
                "code" => self.changed(
                    Rule::LimitCodeChanged,
                    &member,
                    &format!("the code of {what}"),
                ),
                name => self.unclassified(member.places(), name),
            }
        }
        if is_other {
            self.rate(Some(old), Some(new), what);
        }
    }

    /// Calls that count together leave less to each of them.
    fn shared_rate(&mut self, member: &Differing<'a>, what: &str) {
        let (rule, how) = match member.new {
            Some(_) => (Rule::RateNarrowed, "shared with other calls"),
            None => (Rule::RateWidened, "that of this call alone"),
        };
        self.report(rule, member.places(), format!("{what} is {how}"));
    }

    fn offered_regions(&mut self, member: &Differing<'a>) {
        let (Some(old), Some(new)) = (
            entries(member.old.as_ref(), None),
            entries(member.new.as_ref(), None),
        ) else {
            return self.unclassified(member.places(), member.name);
        };
        let before = self.changes.len();
        for (region, old, new) in matched(&old, &new) {
            let (rule, what) = match (&old, &new) {
                (Some(_), Some(_)) => continue,
                (Some(_), None) => (Rule::RegionWithdrawn, "no longer on the page"),
                (None, _) => (Rule::RegionOffered, "on the page now"),
            };
            let places = places(old.as_ref(), new.as_ref());
            self.report(rule, places, format!("the region `{region}` is {what}"));
        }
        self.if_silent(before, member, (&old, &new), "the regions");
    }

    fn repeat(&mut self, member: &Differing<'a>) {
        let members = match (&member.old, &member.new) {
            (Some(old), Some(new)) => differing(old, new),
            _ => None,
        };
        let Some(members) = members else {
            return self.unclassified(member.places(), member.name);
        };
        for part in members {
            match part.name {
                "safe" => self.repeat_safe(&part),
                "reason" => self.changed(
                    Rule::DocumentationChanged,
                    &part,
                    "why the call may be repeated or not",
                ),
                "doneCodes" => self.done_codes(&part),
                name => self.unclassified(part.places(), name),
            }
        }
    }

    fn repeat_safe(&mut self, member: &Differing<'a>) {
        let today = member.new.as_ref().and_then(|at| at.value.as_bool());
        match today {
            Some(true) => self.report(
                Rule::RepeatGranted,
                member.places(),
                "the call is safe to repeat",
            ),
            Some(false) => self.report(
                Rule::RepeatWithdrawn,
                member.places(),
                "the call is no longer safe to repeat",
            ),
            None => self.unclassified(member.places(), member.name),
        }
    }

    fn done_codes(&mut self, member: &Differing<'a>) {
        let (Some(old), Some(new)) = (
            entries(member.old.as_ref(), None),
            entries(member.new.as_ref(), None),
        ) else {
            return self.unclassified(member.places(), member.name);
        };
        let before = self.changes.len();
        for (code, old, new) in matched(&old, &new) {
            let (rule, what) = match (&old, &new) {
                (Some(_), Some(_)) => continue,
                (Some(_), None) => (Rule::DoneCodeRemoved, "no longer tells"),
                (None, _) => (Rule::DoneCodeAdded, "tells"),
            };
            let places = places(old.as_ref(), new.as_ref());
            let summary = format!("{code} {what} that the first call was carried out");
            self.report(rule, places, summary);
        }
        self.if_silent(before, member, (&old, &new), "the codes");
    }
}

/// Calls and seconds.
fn rate(at: &At<'_>) -> Option<(u64, u64)> {
    let (calls, seconds) = (at.whole("calls")?, at.whole("perSeconds")?);
    (calls > 0 && seconds > 0).then_some((calls, seconds))
}

fn rate_in_words((calls, seconds): (u64, u64)) -> String {
    match seconds {
        1 => format!("{calls} per second"),
        seconds => format!("{calls} per {seconds} seconds"),
    }
}
