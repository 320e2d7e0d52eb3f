//! What the schemas say, in the form in which requests are judged by it.

mod members;
#[cfg(test)]
mod number_tests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use trtc_rooms_schema::facts::{Code, Payload};
use trtc_rooms_schema::{Problem, Problems, RequestValidator, SchemaSet, ir, lower};

pub(crate) use members::Members;

use crate::behaviour::{self, Behaviour};
use crate::refusal::Refusal;
use crate::schemas::schemas;
use crate::settings::UnknownMembers;

/// The endpoints by path, and the codes.
#[derive(Debug)]
pub(crate) struct Contract {
    endpoints: HashMap<String, Endpoint>,
    common_codes: BTreeMap<i32, String>,
}

/// One endpoint.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// Such as `live/create_room`.
    pub(crate) name: String,
    /// Where the reply carries its data.
    pub(crate) payload: Payload,
    /// The members that a request may have.
    pub(crate) members: Members,
    /// What a call does; nothing if that is not modelled.
    pub(crate) behaviour: Option<Behaviour>,
    /// What the codes mean that the page lists.
    codes: BTreeMap<i32, String>,
    validator: RequestValidator,
}

impl Contract {
    /// The contract of the schemas that are built in. It is put together once in a
    /// process.
    pub(crate) fn embedded() -> Result<Arc<Self>, Problems> {
        static EMBEDDED: LazyLock<Result<Arc<Contract>, Problems>> =
            LazyLock::new(|| Contract::new(&schemas()?).map(Arc::new));
        EMBEDDED.clone()
    }

    pub(crate) fn new(schemas: &SchemaSet) -> Result<Self, Problems> {
        let ir = lower(schemas)?;
        let mut endpoints = HashMap::new();
        for endpoint in &ir.endpoints {
            let path = format!("/{}", endpoint.facts.path);
            endpoints.insert(path, Endpoint::new(schemas, &ir, endpoint)?);
        }
        let common_codes = ir
            .code_tables
            .iter()
            .flat_map(|table| meanings(&table.codes));
        Ok(Self {
            common_codes: common_codes.collect(),
            endpoints,
        })
    }

    /// The endpoint at a path. Nothing is decoded or normalised.
    pub(crate) fn endpoint(&self, path: &str) -> Option<&Endpoint> {
        self.endpoints.get(path)
    }

    /// Whether there is an endpoint of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.endpoints
            .values()
            .any(|endpoint| endpoint.name == name)
    }

    /// The path that somebody may have meant.
    pub(crate) fn path_like(&self, path: &str) -> Option<&str> {
        let plain = |path: &str| {
            let parts = path.split('/').filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join("/").to_ascii_lowercase()
        };
        let meant = plain(path);
        let mut paths = self.endpoints.keys().map(String::as_str);
        paths.find(|path| plain(path) == meant)
    }

    /// What a code means, on this endpoint if that is known.
    pub(crate) fn meaning<'a>(
        &'a self,
        endpoint: Option<&'a Endpoint>,
        code: i32,
    ) -> Option<&'a str> {
        let own = endpoint.and_then(|endpoint| endpoint.codes.get(&code));
        own.or_else(|| self.common_codes.get(&code))
            .map(String::as_str)
    }
}

impl Endpoint {
    fn new(schemas: &SchemaSet, ir: &ir::Ir, endpoint: &ir::Endpoint) -> Result<Self, Problem> {
        let name = format!("{}/{}", endpoint.product, endpoint.operation);
        Ok(Self {
            validator: RequestValidator::new(schemas, &name)?,
            payload: endpoint.facts.payload,
            members: Members::of_request(schemas, ir, endpoint),
            behaviour: behaviour::find(&name),
            codes: meanings(&endpoint.codes).collect(),
            name,
        })
    }

    /// Refuses a request that breaks a rule of the schema.
    pub(crate) fn check(&self, request: &Value, unknown: UnknownMembers) -> Result<(), Refusal> {
        if self.validator.is_valid(request) && unknown == UnknownMembers::Ignore {
            return Ok(());
        }
        let unknown_members = self.members.unknown_in(request);
        let findings = self.validator.findings(request);
        if let Some(refusal) = Refusal::of_findings(&findings, &unknown_members) {
            return Err(refusal);
        }
        if unknown == UnknownMembers::Refuse && !unknown_members.is_empty() {
            return Err(Refusal::unknown_members(&unknown_members));
        }
        Ok(())
    }
}

fn meanings(codes: &[Code]) -> impl Iterator<Item = (i32, String)> + '_ {
    codes.iter().map(|code| (code.code, code.meaning.clone()))
}
