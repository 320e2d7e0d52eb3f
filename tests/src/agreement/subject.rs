//! One endpoint with its oracles.

use serde_json::Value;
use trtc_rooms_schema::SchemaSet;
use trtc_rooms_schema::ir::{Endpoint, Ir, LimitKind};

use crate::cases::{self, Case, TextCase};
use crate::compare::{Difference, Opinion, differences, typed_differences};
use crate::documented::{Seen, Table};
use crate::facts::{self, Fact};
use crate::lines::line_of;
use crate::oracle::{Generated, Interpreter, Oracle, Schema};
use crate::report::Location;
use crate::request::{Node, Shape, Step, canonical, resolve};

/// The oracle that stands first: what a caller of the client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Generated code. It was made from the schemas of this repository, so it can only
    /// judge those.
    Generated,
    /// The interpreter, for schemas that nothing was generated from.
    Interpreter,
}

/// An endpoint, its oracles, and what is derived from its schema.
pub struct Subject {
    /// Product and operation.
    pub name: String,
    /// The request.
    pub request: Node,
    /// The requests that are always tried.
    pub cases: Vec<Case>,
    /// The texts that are always tried.
    pub texts: Vec<TextCase>,
    /// What is documented, typed by hand.
    pub table: Table,
    /// What is documented about the call as a whole, compared.
    pub facts: Vec<Fact>,
    /// What the schema says about the endpoint.
    pub endpoint: Endpoint,
    first: Box<dyn Oracle>,
    second: Schema,
    /// The schema file: its name, its text and what is in it.
    source: (String, String, Value),
}

/// What the oracles say about a request.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Each oracle's verdict.
    pub opinions: Vec<Opinion>,
    /// What they do not agree on.
    pub differences: Vec<Difference>,
}

impl Subject {
    /// The endpoint of a schema set.
    ///
    /// # Errors
    ///
    /// In words, what is missing.
    pub fn new(
        schemas: &SchemaSet,
        ir: &Ir,
        endpoint: &Endpoint,
        table: Table,
        first: First,
    ) -> Result<Self, String> {
        let name = format!("{}/{}", endpoint.product, endpoint.operation);
        let request = resolve(ir, endpoint)?;
        let second = Schema::new(schemas, &name).map_err(|problem| problem.to_string())?;
        let generated = match first {
            First::Generated => Some(Generated::new(&name).ok_or("nothing was generated for it")?),
            First::Interpreter => None,
        };
        let made = generated
            .as_ref()
            .map(|generated| generated.endpoint().endpoint());
        let facts = facts::compare(&table, endpoint, made);
        let file = &endpoint.module.source.file;
        let source = schemas
            .file(file)
            .map(|file| (file.text.clone(), file.value.clone()));
        let (text, value) = source.unwrap_or_default();
        Ok(Self {
            cases: cases::derive(&name, &request, &sizes(ir)),
            texts: cases::derive_texts(&name, &request),
            facts,
            endpoint: endpoint.clone(),
            first: match generated {
                Some(generated) => Box::new(generated),
                None => Box::new(Interpreter::new(request.clone())),
            },
            second,
            source: (file.clone(), text, value),
            name,
            request,
            table,
        })
    }

    /// The number of oracles.
    pub const ORACLES: usize = 3;

    /// Asks every oracle. `see` is told what the request shows of the table.
    pub fn judge(&self, request: &Value, see: &mut dyn FnMut(Seen)) -> Judgement {
        let others = self.others(request, see);
        self.compare(self.first.as_ref(), request, others)
    }

    /// Asks the oracles that owe nothing to generated code.
    pub fn others(&self, request: &Value, see: &mut dyn FnMut(Seen)) -> [Opinion; 2] {
        [
            (self.second.name(), self.second.judge(request)),
            ("documented", self.table.judge(request, see)),
        ]
    }

    /// Compares what an oracle says in the first one's place with what the others said.
    pub fn compare(&self, first: &dyn Oracle, request: &Value, others: [Opinion; 2]) -> Judgement {
        let mut opinions = vec![(first.name(), first.judge(request))];
        opinions.extend(others);
        let mut differences = differences(&opinions);
        let is_typed = opinions[0].0 == Generated::NAME;
        if is_typed && !opinions[0].1.is_misshapen() && !opinions[0].1.is_capped {
            let typed = first.typed(request);
            let expected = canonical(&self.request, request);
            let found = typed_differences(&opinions[0].1, typed.as_ref(), request, &expected);
            differences.extend(found);
        }
        Judgement {
            opinions,
            differences,
        }
    }

    /// Where the schema states a rule about a place in the request.
    pub fn place(&self, pointer: &str, rule: &str) -> Location {
        let steps = self.steps(pointer);
        let at = |steps: &[Step]| {
            self.request
                .at(steps)
                .map(|node| (node.place.file.clone(), node.place.pointer.clone()))
        };
        let member = at(&steps).unwrap_or_default();
        let (file, schema) = match (rule, steps.split_last()) {
            ("required", Some((_, parents))) => at(parents).unwrap_or(member),
            _ => member,
        };
        let (own_file, text, value) = &self.source;
        if file != *own_file {
            return self.location("");
        }
        let keyword = match rule {
            "minDifference" | "maxDifference" => "",
            rule => rule,
        };
        let precise = format!("{schema}/{keyword}");
        let pointer = if value.pointer(&precise).is_some() {
            precise
        } else {
            schema
        };
        Location {
            file: format!("schemas/{own_file}"),
            line: line_of(text, &pointer),
        }
    }

    /// A place in the schema file.
    pub fn location(&self, pointer: &str) -> Location {
        let (file, text, _) = &self.source;
        Location {
            file: format!("schemas/{file}"),
            line: line_of(text, pointer),
        }
    }

    /// A pointer into a request as steps; digits are an index where a list stands.
    fn steps(&self, pointer: &str) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for step in pointer.split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            let is_list = matches!(
                self.request.at(&steps).map(|node| &node.shape),
                Some(Shape::Array(_))
            );
            match name.parse() {
                Ok(index) if is_list => steps.push(Step::Item(index)),
                _ => steps.push(Step::Member(name)),
            }
        }
        steps
    }
}

/// Every limit of a text's length on any page.
fn sizes(ir: &Ir) -> Vec<usize> {
    let modules = ir
        .endpoints
        .iter()
        .map(|endpoint| &endpoint.module)
        .chain(&ir.shared);
    let fields = modules
        .flat_map(|module| &module.objects)
        .flat_map(|object| &object.fields);
    let mut sizes: Vec<usize> = fields
        .flat_map(|field| &field.limits)
        .filter_map(|limit| match limit.kind {
            LimitKind::MaxBytes(size) => Some(size as usize),
            _ => None,
        })
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}
