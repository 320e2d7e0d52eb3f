//! Runs in the program whose checks have switches: throws one after the other.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

use serde_json::Value;
use trtc_rooms_model::json::JsonEndpoint;

use super::tables;
use super::{Site, SiteKind};
use crate::Harness;
use crate::agreement::Subject;
use crate::compare::Opinion;
use crate::facts;
use crate::mutants::switch::{self, Change, Deed};
use crate::mutants::{Mutation, Outcome, Through, run};
use crate::oracle::Generated;

/// Judges every change and prints an [`Outcome`] a line, as JSON.
///
/// The arguments are the number of threads, and an endpoint if it is about one alone;
/// `--list` as a third prints the changes and judges none.
pub fn main(endpoints: &'static [JsonEndpoint], sites: &str) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let jobs = arguments.first().and_then(|jobs| jobs.parse().ok());
    let endpoint = arguments.get(1).filter(|name| !name.is_empty());
    let is_list = arguments.get(2).is_some_and(|word| word == "--list");
    let outcome = judge(
        endpoints,
        sites,
        jobs.unwrap_or(1),
        endpoint.map(String::as_str),
        is_list,
    );
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn judge(
    endpoints: &'static [JsonEndpoint],
    sites: &str,
    jobs: usize,
    endpoint: Option<&str>,
    is_list: bool,
) -> Result<(), String> {
    let sites: Vec<Site> = serde_json::from_str(sites).map_err(|error| error.to_string())?;
    let harness = Harness::repository()?;
    let mut prepared = Vec::new();
    for subject in harness.subjects() {
        let is_wanted = endpoint.is_none_or(|name| name == subject.name);
        let made = endpoints
            .iter()
            .find(|made| made.endpoint().name == subject.name);
        if let Some(made) = made.filter(|_| is_wanted) {
            prepared.push(Prepared::new(subject, made)?);
        }
    }
    let work = work(&sites, &prepared, endpoint.is_none());
    if is_list {
        for item in &work {
            println!("{}", item.mutation().id);
        }
        return Ok(());
    }
    let judge = |item: &Work<'_>| (item.mutation(), item.noticed(&prepared));
    run(&work, jobs, judge, tell);
    Ok(())
}

fn tell(outcome: &Outcome) {
    if let Ok(line) = serde_json::to_string(outcome) {
        // Whoever started this reads it; if they are gone, there is nobody to tell.
        let _ = writeln!(std::io::stdout(), "{line}");
    }
}

/// An endpoint with what does not depend on the change.
struct Prepared<'a> {
    subject: &'a Subject,
    made: &'static JsonEndpoint,
    cases: Vec<Case>,
    /// The sites that its requests reach: the length of the list there, and the cases
    /// that do.
    reached: BTreeMap<usize, (usize, Vec<usize>)>,
}

/// A request, and what the oracles say that owe nothing to generated code.
struct Case {
    id: String,
    request: Value,
    others: [Opinion; 2],
}

impl<'a> Prepared<'a> {
    /// Judges every request once without a change. Nobody may notice anything.
    fn new(subject: &'a Subject, made: &'static JsonEndpoint) -> Result<Self, String> {
        let cases = subject.cases.iter().map(|case| {
            let request = case.request(&subject.request);
            Case {
                id: case.id.clone(),
                others: subject.others(&request, &mut |_| ()),
                request,
            }
        });
        let mut prepared = Self {
            subject,
            made,
            cases: cases.collect(),
            reached: BTreeMap::new(),
        };
        let oracle = Generated::over(made);
        for (index, case) in prepared.cases.iter().enumerate() {
            let mut agree = true;
            let sites = switch::record(|| agree = !case.differs(subject, &oracle));
            if !agree {
                return Err(format!("without any change, {} is red", case.id));
            }
            for (site, length) in sites {
                let entry = prepared.reached.entry(site).or_default();
                entry.0 = length;
                entry.1.push(index);
            }
        }
        Ok(prepared)
    }

    /// The case that notices a change of a site.
    fn notices_site(&self, change: Change) -> Option<String> {
        let (_, cases) = self.reached.get(&change.site)?;
        let oracle = Generated::over(self.made);
        switch::set(Some(change));
        let mut cases = cases.iter().map(|index| &self.cases[*index]);
        let case = cases.find(|case| case.differs(self.subject, &oracle));
        switch::set(None);
        case.map(|case| case.id.clone())
    }

    /// The case or the fact that notices a change of a table.
    fn notices_table(&self, change: &tables::Change) -> Option<String> {
        let table = &self.subject.table;
        let compared = facts::compare(table, &self.subject.endpoint, Some(&change.endpoint));
        let fact = compared.iter().find(|fact| fact.problem.is_some());
        if let Some(fact) = fact {
            return Some(format!("{}/{}", self.subject.name, fact.name));
        }
        let endpoint: &'static _ = Box::leak(Box::new(change.endpoint));
        let made: &'static _ = Box::leak(Box::new(self.made.with_endpoint(endpoint)));
        let oracle = Generated::over(made);
        let mut cases = self.cases.iter();
        let case = cases.find(|case| case.differs(self.subject, &oracle));
        case.map(|case| case.id.clone())
    }
}

impl Case {
    fn differs(&self, subject: &Subject, oracle: &Generated) -> bool {
        let judgement = subject.compare(oracle, &self.request, self.others.clone());
        !judgement.differences.is_empty()
    }
}

enum Work<'a> {
    Site {
        site: &'a Site,
        what: String,
        change: Change,
    },
    Table {
        /// The index of the endpoint.
        of: usize,
        name: String,
        change: Box<tables::Change>,
    },
}

/// Every change. A site that no request reaches is dropped, and nobody will notice.
fn work<'a>(sites: &'a [Site], prepared: &[Prepared<'_>], is_all: bool) -> Vec<Work<'a>> {
    let mut work = Vec::new();
    for (number, site) in sites.iter().enumerate() {
        let reached: Vec<usize> = prepared
            .iter()
            .filter_map(|it| Some(it.reached.get(&number)?.0))
            .collect();
        let deeds = match reached.iter().max() {
            Some(length) => site.kind.deeds(*length),
            None if is_all && is_asked(sites, number, prepared) => {
                vec![("unreached".to_owned(), Deed::Drop)]
            }
            None => Vec::new(),
        };
        work.extend(deeds.into_iter().map(|(what, deed)| Work::Site {
            site,
            what,
            change: Change { site: number, deed },
        }));
    }
    for (of, endpoint) in prepared.iter().enumerate() {
        let changes = tables::changes(endpoint.made.endpoint(), &endpoint.subject.table);
        work.extend(changes.into_iter().map(|change| Work::Table {
            of,
            name: endpoint.subject.name.clone(),
            change: Box::new(change),
        }));
    }
    work
}

/// Whether requests should reach a site. The values of a list that only replies hold are
/// never written by a request, nor read from one.
fn is_asked(sites: &[Site], number: usize, prepared: &[Prepared<'_>]) -> bool {
    if !matches!(sites[number].kind, SiteKind::Spelling | SiteKind::Reading) {
        return true;
    }
    let list = |site: &Site| site.name.rsplit_once('.').map(|(list, _)| list.to_owned());
    let of = list(&sites[number]);
    let mut reached = prepared.iter().flat_map(|it| it.reached.keys());
    reached.any(|other| list(&sites[*other]) == of)
}

impl Work<'_> {
    fn mutation(&self) -> Mutation {
        match self {
            Work::Site { site, what, .. } => of_site(site, what),
            Work::Table { name, change, .. } => Mutation {
                id: format!("{name}.rs/{}", change.name),
                suite: name.clone(),
                kind: change.kind.to_owned(),
                through: Through::CompiledTable,
            },
        }
    }

    fn noticed(&self, prepared: &[Prepared<'_>]) -> Option<String> {
        match self {
            Work::Site { change, .. } => prepared.iter().find_map(|it| it.notices_site(*change)),
            Work::Table { of, change, .. } => prepared[*of].notices_table(change),
        }
    }
}

fn of_site(site: &Site, what: &str) -> Mutation {
    let file = site.name.split(".rs/").next().unwrap_or_default();
    Mutation {
        id: format!("{}:{what}", site.name),
        suite: file.to_owned(),
        kind: site.kind.as_str().to_owned(),
        through: Through::CompiledCode,
    }
}
