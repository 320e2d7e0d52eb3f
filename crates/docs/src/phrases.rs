//! The words that pages use, one table for each thing that they say.
//!
//! When a page words something in a new way, this is the file to edit. Words are
//! compared after [`crate::normal::key`]: in lower case, with plain spaces and
//! punctuation, without a final colon or full stop. rustfmt leaves the tables as they
//! are: it would give every word a line.

/// A part of a page, named by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Overview,
    Calling,
    Url,
    UrlParameters,
    Rate,
    RequestSample,
    RequestFields,
    ResponseSample,
    ResponseFields,
    Codes,
    /// Under a heading that no table knows.
    Other,
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Name,
    Type,
    Obligation,
    Code,
    Text,
}

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Bytes,
    /// 1000 or 1024 bytes: the pages do not say.
    Kilobytes,
    Characters,
    /// So many seconds each.
    Seconds(i64),
    /// Things, or nothing at all.
    Count,
}

pub(crate) const HEADINGS: &[(Section, &[&str])] = &[
    (
        Section::Overview,
        &[
            "feature overview", "feature description", "function description", "overview",
            "功能说明", "功能概述", "機能説明", "機能の概要", "기능 설명", "기능 개요",
            "visão geral", "descrição do recurso",
        ],
    ),
    (
        Section::Calling,
        &[
            "api calling description", "api call description", "api calling instructions",
            "api call instructions", "calling description", "接口调用说明",
            "api呼び出しの説明", "api 호출 설명",
        ],
    ),
    (
        Section::Url,
        &[
            "sample request url", "request url sample", "request url example", "request url",
            "请求 url 示例", "请求url示例", "リクエストurlのサンプル", "요청 url 예시",
        ],
    ),
    (
        Section::UrlParameters,
        &[
            "request parameters", "request parameter", "request parameter description",
            "url parameters", "请求参数说明", "请求参数", "リクエストパラメータ", "요청 매개변수",
        ],
    ),
    (
        Section::Rate,
        &[
            "maximum calling frequency", "maximum call frequency", "max calling frequency",
            "calling frequency", "call frequency", "rate limits", "rate limit",
            "frequency limit", "最高调用频率", "调用频率", "最大呼び出し頻度", "呼び出し頻度",
            "최대 호출 빈도", "호출 빈도",
        ],
    ),
    (
        Section::RequestSample,
        &[
            "sample request packets", "sample request packet", "request packet sample",
            "request packet example", "request packet examples", "request package example",
            "request packet", "sample request", "request sample", "request example",
            "请求包示例", "请求示例", "リクエストパケットのサンプル", "요청 패킷 예시",
        ],
    ),
    (
        Section::RequestFields,
        &[
            "request packet fields", "request packet field", "request packet field description",
            "request packet field descriptions", "request field description", "request fields",
            "parameter details", "parameter description", "request body parameters",
            "请求包字段说明", "请求字段说明", "リクエストパケットのフィールド", "요청 패킷 필드",
        ],
    ),
    (
        Section::ResponseSample,
        &[
            "sample response packets", "sample response packet", "response packet sample",
            "response packet example", "response packet examples", "response package example",
            "response packet", "sample response", "response sample", "response example",
            "应答包体示例", "应答包示例", "レスポンスパケットのサンプル", "응답 패킷 예시",
        ],
    ),
    (
        Section::ResponseFields,
        &[
            "response packet fields", "response packet field", "response packet field description",
            "response packet field descriptions", "response field description",
            "response fields", "response parameters", "应答包字段说明", "应答字段说明",
            "レスポンスパケットのフィールド", "응답 패킷 필드",
        ],
    ),
    (
        Section::Codes,
        &[
            "error codes", "error code description", "error code descriptions",
            "错误码说明", "错误码", "エラーコード", "エラーコードの説明", "오류 코드",
            "códigos de erro",
        ],
    ),
];

pub(crate) const COLUMNS: &[(Column, &[&str])] = &[
    (
        Column::Name,
        &[
            "field", "field name", "fields", "parameter", "parameters", "parameter name", "name",
            "字段", "字段名", "参数", "参数名", "参数名称", "フィールド", "パラメータ", "필드",
            "매개변수", "parâmetro", "campo",
        ],
    ),
    (
        Column::Type,
        &["type", "data type", "field type", "类型", "数据类型", "タイプ", "型", "유형", "타입", "tipo"],
    ),
    (
        Column::Obligation,
        &[
            "attribute", "attributes", "required", "mandatory", "required or not",
            "required/optional", "mandatory/optional", "property", "属性", "必填", "必选",
            "是否必填", "是否必选", "必須", "속성", "필수", "필수 여부", "atributo", "obrigatório",
        ],
    ),
    (
        Column::Code,
        &[
            "error code", "errorcode", "return code", "code", "错误码", "返回码",
            "エラーコード", "오류 코드", "código de erro",
        ],
    ),
    (
        Column::Text,
        &[
            "description", "descriptions", "meaning", "explanation", "remarks", "remark", "notes",
            "note", "default", "default value", "example", "solution", "handling",
            "handling method", "说明", "描述", "含义", "备注", "默认值", "示例", "处理方法",
            "説明", "備考", "설명", "비고", "descrição",
        ],
    ),
];

/// JSON types by the words for them; lists are read by `table::field_type`.
pub(crate) const TYPES: &[(&str, &[&str])] = &[
    ("string", &["string", "str", "text", "varchar", "字符串", "文字列", "문자열"]),
    (
        "integer",
        &[
            "integer", "int", "int32", "int64", "uint32", "uint64", "unsigned integer", "long",
            "timestamp", "整型", "整数", "整数型", "정수",
        ],
    ),
    ("number", &["number", "float", "double", "decimal", "浮点", "浮点型"]),
    ("boolean", &["bool", "boolean", "布尔", "布尔值", "ブール", "부울"]),
    ("object", &["object", "struct", "json", "json object", "map", "对象", "オブジェクト", "객체"]),
    ("array", &["array", "list", "json array", "数组", "配列", "배열"]),
];

pub(crate) const MANDATORY: &[&str] = &[
    "mandatory", "required", "yes", "must", "必填", "必选", "必须", "是", "必須", "はい", "필수",
    "예", "obrigatório",
];

pub(crate) const OPTIONAL: &[&str] = &[
    "optional", "no", "not required", "non-mandatory", "选填", "可选", "否", "任意", "オプション",
    "いいえ", "선택", "선택 사항", "아니요", "opcional",
];

/// Lines after the last table at which the page is over.
pub(crate) const FOOTERS: &[&str] = &[
    "help and support", "was this page helpful", "feedback", "contact us",
    "帮助与支持", "本页内容是否解决了您的问题", "此页面对您有帮助吗", "意见反馈", "文档反馈",
    "ヘルプとサポート", "このページはお役に立ちましたか", "この記事はお役に立ちましたか",
    "フィードバック", "도움말 및 지원", "이 페이지가 도움이 되었습니까", "피드백",
    "ajuda e suporte", "esta página foi útil", "comentários", "hilfe und support",
    "war diese seite hilfreich", "aide et support", "cette page vous a-t-elle été utile",
];

/// Lines of the page's frame that stand between title and date.
pub(crate) const FRAME: &[&str] = &[
    "pdf", "focus mode", "font size", "feedback", "copy", "copy page", "download pdf",
    "please select", "我的收藏", "收藏", "聚焦模式", "字号", "フォーカスモード", "フォントサイズ",
    "포커스 모드", "폰트 크기", "modo foco", "tamanho da fonte", "mode focus",
    "taille de police", "fokusmodus", "schriftgröße",
];

/// What stands before the date of a page.
pub(crate) const DATE_LABELS: &[&str] = &[
    "last updated", "last updated at", "last update", "last modified", "updated", "updated at",
    "最近更新时间", "最后更新时间", "更新时间", "最終更新日", "最終更新日時", "最終更新", "更新日",
    "마지막 업데이트 시간", "마지막 업데이트", "최종 업데이트", "última atualização",
    "ultima atualização", "última actualización", "última actualizacion", "dernière mise à jour",
    "zuletzt aktualisiert", "letzte aktualisierung", "ultimo aggiornamento",
    "последнее обновление", "terakhir diperbarui", "son güncelleme",
];

/// The beginnings of the names of the months. The first that fits counts.
pub(crate) const MONTHS: &[(u8, &[&str])] = &[
    (1, &["jan", "ene", "gen", "янв"]),
    (2, &["feb", "fév", "fev", "фев"]),
    (3, &["mar", "mär", "мар"]),
    (4, &["apr", "abr", "avr", "апр"]),
    (5, &["may", "mai", "mag", "mei", "май", "мая"]),
    (6, &["jun", "juin", "giu", "июн"]),
    (7, &["jul", "juil", "lug", "июл"]),
    (8, &["aug", "ago", "aoû", "aou", "agu", "авг"]),
    (9, &["sep", "set", "сен"]),
    (10, &["oct", "out", "okt", "ott", "окт"]),
    (11, &["nov", "ноя"]),
    (12, &["dec", "dez", "dic", "déc", "des", "дек"]),
];

/// Before an amount: not more than it. Each is a pattern.
pub(crate) const AT_MOST: &[&str] = &[
    "up to(?: a maximum of)?", "at most", "(?:no|not) (?:more|longer|larger|greater) than",
    "not (?:be )?(?:exceed|surpass)(?:ing)?", "(?:cannot|must not|should not) (?:exceed|surpass)",
    "(?:cannot|must not|should not) be (?:more|longer|larger|greater) than",
    "(?:limited|restricted) to", "less than or equal to", "within", "<=", "≤", "不超过", "不能超过",
    "不得超过", "最多", "最大(?:で|長|长度)?", "最长", "上限(?:为|は)?", "최대",
];

/// The same, with up to five words between it and the amount.
pub(crate) const AT_MOST_FAR: &[&str] = &["maximum", "max\\.?", "upper limit"];

/// Before an amount: not less than it.
pub(crate) const AT_LEAST: &[&str] = &[
    "at least", "(?:no|not) (?:less|fewer|shorter|lower|smaller) than",
    "(?:cannot|must not|should not) be (?:less|fewer|shorter|lower|smaller) than",
    "greater than or equal to", ">=", "≥", "至少", "最少", "不少于", "不小于", "最小", "最短", "최소",
];

/// The same, with up to five words between it and the amount.
pub(crate) const AT_LEAST_FAR: &[&str] = &["minimum", "min\\.?", "lower limit"];

/// After an amount: not more than it.
pub(crate) const OR_LESS: &[&str] = &[
    "or (?:less|fewer|shorter)", "at most", "maximum", "以内", "以下", "이하", "이내",
];

/// After an amount: not less than it.
pub(crate) const OR_MORE: &[&str] = &["or (?:more|longer)", "at least", "minimum", "以上", "이상"];

/// Before an amount that is itself not allowed.
pub(crate) const LESS_THAN: &[&str] = &[
    "(?:less|fewer|shorter|smaller|lower) than", "below", "小于", "少于", "低于", "미만",
];

/// The same for the other side.
pub(crate) const MORE_THAN: &[&str] = &[
    "(?:more|greater|longer|larger|higher) than", "above", "大于", "多于", "超过", "초과",
];

/// Before the two ends of a range.
pub(crate) const RANGE: &[&str] = &[
    "rang(?:e|ing)s?", "between", "valid values?", "取值范围", "范围", "範囲", "범위",
];

/// Says that at least one byte or element is needed.
pub(crate) const NOT_EMPTY: &[&str] = &[
    "(?:cannot|can't|must not|should not|may not) be empty", "non-?empty", "不能为空", "不可为空",
];

pub(crate) const UNITS: &[(Unit, &[&str])] = &[
    (Unit::Bytes, &["byte", "bytes", "byte(s)", "b", "字节", "字節", "バイト", "바이트"]),
    (Unit::Kilobytes, &["kb", "k", "kilobyte", "kilobytes", "kib"]),
    (
        Unit::Characters,
        &["character", "characters", "char", "chars", "letters", "字符", "文字", "个字", "글자", "자"],
    ),
    (Unit::Seconds(1), &["s", "sec", "secs", "second", "seconds", "秒", "초"]),
    (Unit::Seconds(60), &["min", "mins", "minute", "minutes", "分钟", "分", "분"]),
    (Unit::Seconds(3600), &["h", "hour", "hours", "小时", "時間", "시간"]),
    (Unit::Seconds(86400), &["day", "days", "天", "日", "일"]),
];

pub(crate) const NUMBER_WORDS: &[(&str, i64)] = &[
    ("once", 1), ("twice", 2), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5),
    ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("twelve", 12),
    ("fifteen", 15), ("twenty", 20), ("fifty", 50),
];

/// Behind a number, part of the number.
pub(crate) const MULTIPLES: &[&str] = &["hundred", "thousand", "million", "dozen", "万", "千", "百"];

/// What a call is named in a rate.
pub(crate) const CALLS: &[&str] = &[
    "queries", "query", "requests", "request", "calls", "call", "times", "time", "次", "回", "회",
];

/// Before a text that is always the same. Each is a pattern.
pub(crate) const FIXED: &[&str] = &[
    "fixed value", "fixed as", "fixed to", "fixed at", "always", "固定值?为?", "固定値", "고정값",
];

/// Before a default. Each is a pattern.
pub(crate) const DEFAULT: &[&str] = &[
    "\\bdefault(?:s|ed)?\\b(?: (?:value|setting))?(?: (?:when|if)(?: it is)? (?:not|left)(?: [a-z]+){1,2})?",
    "默认值?", "デフォルト値?", "기본값",
];

/// Between `default` and the value.
pub(crate) const IS: &[&str] = &["is\\b", "to\\b", "as\\b", ":", "=", "为", "是", "は", "은"];

/// Comments by which a sample says that it leaves members out. Each is a pattern.
pub(crate) const ABBREVIATED: &[&str] = &[
    "other (?:fields|parameters|members)", "more (?:fields|parameters)", "omitted", "see details",
    "\\.\\.\\.", "…", "其他字段", "其它字段", "省略",
];

/// Names in camel case that are not values: products, SDKs, what the pages call ids.
pub(crate) const NOT_VALUES: &[&str] = &[
    "UserID", "UserId", "UserSig", "AppId", "AppID", "RoomID", "LiveStreamCore", "RoomKit",
    "LiveKit", "RoomEngine", "WebSocket", "JavaScript", "OpenAPI", "TencentCloud", "AppAdmin",
    "KeyValue",
];

/// The ends of the vendor's host names.
pub(crate) const HOST_ENDS: &[&str] = &[
    "tim.qq.com", "im.qcloud.com", "my-imcloud.com", "imcloud.com", "tencentcs.com",
];

/// Finds `text`, a result of [`crate::normal::key`], in a table.
pub(crate) fn find<T: Copy>(table: &[(T, &[&str])], text: &str) -> Option<T> {
    table
        .iter()
        .find(|(_, words)| words.contains(&text))
        .map(|(value, _)| *value)
}

/// The heading that a line is, if it is one.
pub(crate) fn heading(text: &str) -> Option<Section> {
    // Longer than any heading: most lines are turned away here.
    if text.len() > 80 {
        return None;
    }
    find(HEADINGS, &crate::normal::key(text))
}

/// The column that a cell names, if it names one.
pub(crate) fn column(text: &str) -> Option<Column> {
    if text.len() > 40 {
        return None;
    }
    find(COLUMNS, &crate::normal::key(text))
}

/// Whether a cell says that a field is mandatory.
pub(crate) fn obligation(text: &str) -> Option<bool> {
    if text.len() > 40 {
        return None;
    }
    let key = crate::normal::key(text);
    if MANDATORY.contains(&key.as_str()) {
        Some(true)
    } else if OPTIONAL.contains(&key.as_str()) {
        Some(false)
    } else {
        None
    }
}
