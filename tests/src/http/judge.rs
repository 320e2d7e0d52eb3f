//! Judging a request as the documents do.
//!
//! Nothing generated takes part: the ticket is checked with the signing crate, the
//! body with the `jsonschema` crate over the schema files, the rest by hand from
//! `facts/protocol.md`. So what the client sends is compared with the documents and
//! not with itself.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use trtc_rooms_schema::{Finding, RequestValidator, SchemaSet};
use trtc_usersig::{Expect, Verifier, VerifyError};

use super::app::{self, IDENTIFIER, NOW, SDKAPPID};
use super::received::Received;
use super::{query, schemas};

/// The five parameters, none of which may be missing or stand twice.
pub const PARAMETERS: [&str; 5] = ["sdkappid", "identifier", "usersig", "random", "contenttype"];

/// Judges requests to all endpoints of one app.
#[derive(Clone, Debug)]
pub struct Judge {
    endpoints: BTreeMap<String, (String, Option<Arc<RequestValidator>>)>,
    verifier: Verifier,
    administrators: Vec<String>,
}

/// What is to be said about one request.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// The endpoint that the path names.
    pub endpoint: Option<String>,
    /// What is wrong with anything but the body. Nothing that the client sends may
    /// have an entry here, whatever the caller puts into the request.
    pub faults: Vec<Fault>,
    /// What is wrong with the body.
    pub findings: Vec<Finding>,
}

/// What is wrong with a request, and the code that the documents answer it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code; none if the documents ask for nothing and only this harness does.
    pub code: Option<i32>,
    /// What is wrong. Never a value: it may be a ticket.
    pub text: String,
}

impl Judgement {
    /// The code and the `ErrorInfo` that the documents answer with: 0 if they have
    /// nothing against the request.
    pub fn answer(&self) -> (i32, String) {
        let fault = self
            .faults
            .iter()
            .find_map(|fault| Some((fault.code?, fault.text.clone())));
        let finding = || {
            let first = self.findings.first()?;
            let told = |finding: &Finding| format!("{} {}", finding.pointer, finding.rule);
            // A service does not list a hundred elements either.
            let all: Vec<String> = self.findings.iter().take(6).map(told).collect();
            Some((first.code, all.join(", ")))
        };
        fault.or_else(finding).unwrap_or_default()
    }
}

impl Judge {
    /// A judge who knows the endpoints of the schemas and one administrator. Compiling
    /// the schemas is done once.
    ///
    /// # Panics
    ///
    /// If a schema does not compile.
    pub fn new() -> Self {
        static JUDGE: LazyLock<Judge> = LazyLock::new(|| Judge::compile(schemas()));
        JUDGE.clone()
    }

    fn compile(schemas: &SchemaSet) -> Self {
        let endpoints = schemas.endpoints().map(|file| {
            let facts = file.document.endpoint.as_ref().expect("an endpoint");
            let validator = RequestValidator::new(schemas, file.stem());
            let validator = validator.unwrap_or_else(|problem| panic!("{problem}"));
            let known = (file.stem().to_owned(), Some(Arc::new(validator)));
            (format!("/{}", facts.path), known)
        });
        Self {
            endpoints: endpoints.collect(),
            verifier: Verifier::new(SDKAPPID, app::secret_key()),
            administrators: vec![IDENTIFIER.to_owned()],
        }
    }

    /// The same judge, who also knows an endpoint without a schema. Its body may be
    /// any JSON object.
    #[must_use]
    pub fn with_endpoint(mut self, name: &str, path: &str) -> Self {
        self.endpoints
            .insert(format!("/{path}"), (name.to_owned(), None));
        self
    }

    /// The same judge, who also knows another administrator.
    #[must_use]
    pub fn with_administrator(mut self, identifier: &str) -> Self {
        self.administrators.push(identifier.to_owned());
        self
    }

    /// Judges a request. Everything is looked at, whatever was found before.
    pub fn judge(&self, request: &Received) -> Judgement {
        let mut judgement = Judgement::default();
        let mut fault = |code: Option<i32>, text: &str| {
            judgement.faults.push(Fault {
                code,
                text: text.to_owned(),
            });
        };
        if request.method != "POST" {
            fault(Some(60_009), "the method is not POST");
        }
        let endpoint = self.endpoints.get(request.path());
        if endpoint.is_none() {
            fault(Some(60_009), "the path names no endpoint");
        }
        // The documents ask for no header. The vendor's own proxy sends this one, and
        // any server would expect it.
        if request.header("content-type") != ["application/json"] {
            fault(None, "Content-Type is not application/json, once");
        }
        for leak in ["referer", "authorization", "cookie"] {
            if !request.header(leak).is_empty() {
                fault(None, &format!("the header {leak} has no business here"));
            }
        }
        self.judge_query(request.query().unwrap_or_default(), &mut fault);
        judgement.endpoint = endpoint.map(|(name, _)| name.clone());
        match serde_json::from_slice::<Value>(&request.body) {
            Ok(body) => {
                if let Some((_, Some(validator))) = endpoint {
                    judgement.findings = validator.findings(&body);
                }
            }
            Err(_) => judgement.findings.push(Finding {
                pointer: String::new(),
                rule: "json".to_owned(),
                code: 60_003,
                message: "the body is not JSON".to_owned(),
            }),
        }
        judgement
    }

    fn judge_query(&self, text: &str, fault: &mut impl FnMut(Option<i32>, &str)) {
        let parameters = match query::parse(text) {
            Ok(parameters) => parameters,
            Err(problem) => return fault(Some(60_002), &problem),
        };
        let values = PARAMETERS.map(|name| {
            let mut found = parameters.iter().filter(|(other, _)| other == name);
            let value = found.next().map(|(_, value)| value.as_str());
            if found.next().is_some() {
                fault(Some(60_002), &format!("{name} stands more than once"));
            }
            value.unwrap_or_default()
        });
        let stray = |name: &str| !PARAMETERS.contains(&name);
        if parameters.iter().any(|(name, _)| stray(name)) {
            fault(None, "a parameter that no document lists");
        }
        let [sdkappid, identifier, usersig, random, contenttype] = values;
        match sdkappid {
            "" => fault(Some(60_012), "sdkappid is missing"),
            given if given != SDKAPPID.to_string() => {
                fault(Some(60_006), "sdkappid is not that of the app");
            }
            _ => {}
        }
        if identifier.is_empty() {
            fault(Some(60_004), "identifier is missing");
        }
        let verified = self.verifier.verify(usersig, Expect::user(identifier), NOW);
        if let Err(error) = verified {
            fault(Some(ticket_code(usersig, &error)), error.reason());
        }
        if !self.administrators.iter().any(|known| known == identifier) {
            fault(Some(60_010), "identifier is no administrator");
        }
        if random.parse::<u32>().map(|number| number.to_string()) != Ok(random.to_owned()) {
            fault(Some(60_002), "random is not a u32 in plain digits");
        }
        if contenttype != "json" {
            fault(Some(60_025), "contenttype is not json");
        }
    }
}

impl Default for Judge {
    fn default() -> Self {
        Self::new()
    }
}

fn ticket_code(usersig: &str, error: &VerifyError) -> i32 {
    match error {
        _ if usersig.is_empty() => 70_002,
        VerifyError::Expired { .. } => 70_001,
        VerifyError::MacMismatch => 70_009,
        VerifyError::IdentifierMismatch => 70_013,
        VerifyError::SdkAppIdMismatch { .. } => 70_014,
        _ => 70_003,
    }
}
