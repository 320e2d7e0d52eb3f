//! The table of request fields against the members of the request.

use trtc_rooms_schema::facts::Deviation;

use crate::diff::Comparison;
use crate::diff::members::{Member, join, members};
use crate::page::Field;
use crate::report::{Entry, Place};
use crate::sample::Direction;

/// Fields of the page and the members that they are.
pub(super) struct Matched<'a> {
    pub(super) pairs: Vec<(&'a Field, Member<'a>)>,
    /// Members that no field is.
    pub(super) members: Vec<Member<'a>>,
    /// Fields that no member is.
    pub(super) fields: Vec<&'a Field>,
}

impl<'a> Comparison<'a> {
    pub(super) fn request_fields(&mut self) -> Matched<'a> {
        let all = members(self.set, self.file, "", &self.file.document.schema);
        let samples = self.sample_paths(Direction::Request);
        let matched = self.match_fields(&self.page.request, all, &samples);
        for (field, member) in &matched.pairs {
            self.place(field, member, &samples);
            self.kind(field, member);
            self.required(field, member);
            self.limits(field, member);
            self.default(field, member);
            self.values(field, member);
        }
        self.only_on_page(&matched, &samples, "");
        if !self.page.request.is_empty() {
            self.only_in_schema(&matched, &samples);
        }
        let members: Vec<&Member<'_>> = matched
            .pairs
            .iter()
            .map(|(_, member)| member)
            .chain(&matched.members)
            .collect();
        self.remarks(&members);
        matched
    }

    /// Finds the member that each field is: by its whole name, and where several
    /// members have that name, by the samples.
    pub(super) fn match_fields(
        &mut self,
        fields: &'a [Field],
        mut members: Vec<Member<'a>>,
        samples: &[(Vec<&str>, usize)],
    ) -> Matched<'a> {
        let mut pairs: Vec<(&Field, Member<'_>)> = Vec::new();
        let mut unknown: Vec<&Field> = Vec::new();
        for field in fields {
            let path = field.path();
            let candidates: Vec<usize> = (0..members.len())
                .filter(|index| members[*index].path.ends_with(&path))
                .collect();
            let in_samples = |index: &&usize| {
                samples
                    .iter()
                    .any(|(path, _)| *path == members[**index].path)
            };
            let same_name = fields.iter().filter(|other| other.name == field.name);
            let index = match candidates.as_slice() {
                [] => None,
                [only] => Some(*only),
                // As many rows as members: in the order of both.
                [first, ..] if same_name.count() == candidates.len() => Some(*first),
                several => {
                    let chosen = several.iter().find(in_samples).or(several.first());
                    let paths: Vec<String> = several
                        .iter()
                        .map(|index| members[*index].path.join("."))
                        .collect();
                    let what = format!("`{}` may be any of {}", field.name, paths.join(", "));
                    self.unread(field.line, what);
                    chosen.copied()
                }
            };
            match index {
                Some(index) => pairs.push((field, members.remove(index))),
                None if pairs.iter().any(|(known, _)| known.name == field.name) => {
                    self.unread(field.line, format!("`{}` stands twice", field.name));
                }
                None => unknown.push(field),
            }
        }
        Matched {
            pairs,
            members,
            fields: unknown,
        }
    }

    /// A field that the samples have elsewhere.
    pub(super) fn place(
        &mut self,
        field: &Field,
        member: &Member<'_>,
        samples: &[(Vec<&str>, usize)],
    ) {
        let mut shown = samples
            .iter()
            .filter(|(path, _)| path.last() == Some(&member.name()))
            .peekable();
        let Some((elsewhere, line)) = shown.peek() else {
            return;
        };
        if !shown.clone().any(|(path, _)| *path == member.path) {
            let sides = (elsewhere.join("."), member.path.join("."));
            let place = member.own.place();
            self.add(Entry::new(
                Deviation::Place,
                &field.name,
                *line,
                sides,
                place,
            ));
        }
    }

    pub(super) fn kind(&mut self, field: &Field, member: &Member<'a>) {
        let (Some(printed), Some(known)) = (&field.kind, member.json_type()) else {
            return;
        };
        let element = member.element_type(self.set);
        // The element type counts only where the page gives one.
        let same_element = match (printed.element, element) {
            (Some(printed), Some(known)) => printed == known.as_str(),
            _ => true,
        };
        if printed.json == known.as_str() && same_element {
            return;
        }
        let schema = match element {
            Some(element) => format!("{} of {}", known.as_str(), element.as_str()),
            None => known.as_str().to_owned(),
        };
        let holder = member
            .keyword(|schema| schema.json_type)
            .map_or(&member.own, |(_, found)| found);
        let place = Place::new(&holder.file.name, &join(&holder.pointer, "type"));
        let sides = (printed.to_string(), schema);
        self.add(Entry::new(
            Deviation::Type,
            &field.name,
            field.line,
            sides,
            place,
        ));
    }

    fn required(&mut self, field: &Field, member: &Member<'_>) {
        let word = |required| if required { "mandatory" } else { "optional" };
        if let Some(required) = field.required
            && required != member.required
        {
            let page = format!("{}: {}", field.name, word(required));
            let sides = (page, word(member.required));
            let holder = &member.holder;
            let place = Place::new(&holder.file.name, &join(&holder.pointer, "required"));
            self.add(Entry::new(
                Deviation::Required,
                &field.name,
                field.line,
                sides,
                place,
            ));
        }
    }

    /// Fields of the table, and members of the samples, that the schema lacks.
    pub(super) fn only_on_page(
        &mut self,
        matched: &Matched<'a>,
        samples: &[(Vec<&str>, usize)],
        root: &str,
    ) {
        for field in &matched.fields {
            let holder = holder_of(field, matched, samples).unwrap_or_else(|| root.to_owned());
            let pointer = join(&join(&holder, "properties"), field.leaf());
            let kind = field.kind.as_ref().map(ToString::to_string);
            let mut page = format!(
                "{}: {}",
                field.name,
                kind.as_deref().unwrap_or("a type that is not known")
            );
            match field.required {
                Some(true) => page += ", mandatory",
                Some(false) => page += ", optional",
                None => {}
            }
            let place = self.here(&pointer);
            let sides = (page, "not there");
            let entry = Entry::new(Deviation::NewField, &field.name, field.line, sides, place);
            self.add(entry.note(excerpt(&field.text)));
        }
        let known = |path: &[&str]| {
            let members = matched.pairs.iter().map(|(_, member)| member);
            members.chain(&matched.members).any(|member| {
                member.path == path || (member.is_map && path.starts_with(&member.path))
            })
        };
        let mut reported: Vec<&[&str]> = Vec::new();
        for (path, line) in samples {
            let name = path.last().copied().unwrap_or_default();
            let in_table = matched.fields.iter().any(|field| field.leaf() == name)
                || matched.pairs.iter().any(|(field, _)| field.leaf() == name);
            let in_reported = reported.iter().any(|known| path.starts_with(known));
            if known(path) || in_table || in_reported {
                continue;
            }
            reported.push(path);
            let mut pointer = root.to_owned();
            for step in path {
                pointer = join(&join(&pointer, "properties"), step);
            }
            let subject = path.join(".");
            let page = format!("{subject}: in a sample, not in the table");
            let sides = (page, "not there");
            let place = self.here(&pointer);
            self.add(Entry::new(
                Deviation::NewField,
                &subject,
                *line,
                sides,
                place,
            ));
        }
    }

    /// Members that neither the table nor a sample has.
    pub(super) fn only_in_schema(&mut self, matched: &Matched<'a>, samples: &[(Vec<&str>, usize)]) {
        for member in &matched.members {
            // Pages list fields flat: the objects around them have no rows.
            let is_around = matched
                .pairs
                .iter()
                .any(|(_, inner)| inner.path.starts_with(&member.path));
            let in_sample = samples.iter().any(|(path, _)| *path == member.path);
            if is_around || in_sample {
                continue;
            }
            let subject = member.path.join(".");
            let sides = (format!("{subject}: not in the table"), "there");
            let place = member.own.place();
            self.add(Entry::new(
                Deviation::RemovedField,
                &subject,
                0,
                sides,
                place,
            ));
        }
    }
}

/// The pointer of the object that a new field belongs into: where a sample has it, or
/// else where most of its neighbours are.
fn holder_of(
    field: &Field,
    matched: &Matched<'_>,
    samples: &[(Vec<&str>, usize)],
) -> Option<String> {
    let path = field.path();
    let shown = samples.iter().find(|(shown, _)| shown.ends_with(&path));
    let around: Option<Vec<&str>> = match shown {
        Some((shown, _)) => Some(shown[..shown.len() - 1].to_vec()),
        None if path.len() > 1 => Some(path[..path.len() - 1].to_vec()),
        None => None,
    };
    let pairs = || matched.pairs.iter().map(|(_, member)| member);
    if let Some(around) = around {
        let sibling =
            pairs().find(|member| member.path[..member.path.len() - 1].ends_with(&around));
        if let Some(sibling) = sibling {
            return Some(sibling.holder.pointer.clone());
        }
    }
    let count = |pointer: &str| pairs().filter(|m| m.holder.pointer == pointer).count();
    pairs()
        .map(|member| member.holder.pointer.as_str())
        .max_by_key(|pointer| count(pointer))
        .map(str::to_owned)
}

/// The beginning of what a page says, for the eyes of a person only.
pub(super) fn excerpt(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() <= 100 {
        return text;
    }
    let beginning: String = text.chars().take(97).collect();
    format!("{beginning}...")
}
