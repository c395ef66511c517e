import TamisModel
import TamisSyntax
import TamisTesting
import Testing

/// What each dialect makes of a request that can be read. Spellings are the parser's: no resource is known here.
@Suite("What was written, in each query dialect")
struct DialectTests {
  @Test("jsonapi: filter[…], sort, page[…], fields[…], include")
  func jsonAPI() {
    check(
      .jsonAPI,
      [
        ("", ""),
        ("&&", ""),
        ("filter[usage]=5", "jsonAPI usage='5'"),
        ("filter[usage][gte]=5", "jsonAPI usage|gte='5'"),
        ("filter[balance][usage][gte]=5", "jsonAPI balance|usage|gte='5'"),
        ("filter%5Busage%5D%5bgte%5d=5", "jsonAPI usage|gte='5'"),
        ("filter[usage", "! syntax.malformed-brackets"),
        ("filter[a][]=1&filter[b]=2&filter[a][]=3", "jsonAPI a|=['1', '3']; jsonAPI b='2'"),
        ("filter[a]", "jsonAPI a=nothing"),
        ("filter[a]=", "jsonAPI a=''"),
        ("filter[a]=x,y", "jsonAPI a='x,y'"),
        ("sort=a,-b", "sort +a; sort -b"),
        ("sort=%2Da%2Cb", "sort -a,b"),
        ("sort[balance]=-usage", "sort[balance] -usage"),
        (
          "page[number]=2&page[size]=10&page[limit]=1&page[offset]=0&page[cursor]=x",
          "page number page[number]='2'; page size page[size]='10'; page limit page[limit]='1'; "
            + "page offset page[offset]='0'; page cursor page[cursor]='x'"
        ),
        ("page%5Bsize%5D=10", "page size page[size]='10'"),
        ("fields[balance]=id,usage", "fields[balance] id; fields[balance] usage"),
        ("include=a.b,c", "include a.b; include c"),
        ("q=x&limit=5&foo[bar]=1", "parameter q='x'; parameter limit='5'; parameter foo|bar='1'"),
        ("?filter[a]=1", "parameter ?filter|a='1'"),
        ("filter[a]=b=c", "jsonAPI a='b=c'"),
        ("filter[a]=[b]", "jsonAPI a='[b]'"),
        ("filter[a b]=1", "jsonAPI a b='1'"),
        ("filter[a+b]=1+2%2B3", "jsonAPI a b='1 2+3'"),
        ("filter[%255B]=1", "jsonAPI %5B='1'"),
        ("filter[caf%C3%A9]=\u{1F600}", "jsonAPI café='\u{1F600}'"),
      ])
  }

  @Test("jsonapi-keys: the key keeps its operator and its connective")
  func jsonAPIKeys() {
    check(
      .jsonAPIKeys,
      [
        ("filter[usage-gte-or]=5", "jsonAPIKeys usage-gte-or='5'"),
        ("filter[balance][usage-gte]=5&sort=date", "jsonAPIKeys balance|usage-gte='5'; sort +date"),
        ("filter[usage][]=5", "! syntax.wrong-shape"),
        ("filter[usage][gte][]=5", "! syntax.wrong-shape"),
      ])
  }

  @Test("suffix: names are whole, and brackets are letters")
  func suffix() {
    check(
      .suffix,
      [
        ("currency_eq=USD", "suffix currency_eq='USD'"),
        ("identity_id_isnull", "suffix identity_id_isnull=nothing"),
        (
          "meta_data.tier_eq=gold&amount_between=1|9",
          "suffix meta_data.tier_eq='gold'; suffix amount_between='1|9'"
        ),
        ("customer_id=x&page=2&order=a", "suffix customer_id='x'; suffix page='2'; suffix order='a'"),
        (
          "limit=10&offset=20&sort=-a,b&fields=a,b&include=c",
          "sort -a; sort +b; page limit limit='10'; page offset offset='20'; fields a; fields b; include c"
        ),
        ("logical_operator=or", "connective or"),
        ("a_eq=1&logical_operator=AND&b_eq=2", "suffix a_eq='1'; suffix b_eq='2'; connective and"),
        ("a[b]=1", "suffix a[b]='1'"),
        ("a[b=1&c]=2&%5Bd=3", "suffix a[b='1'; suffix c]='2'; suffix [d='3'"),
        ("Limit=10", "suffix Limit='10'"),
        ("l%69mit=10", "page limit limit='10'"),
        ("%63urrency_eq=%55SD", "suffix currency_eq='USD'"),
        ("a_eq=1&&b_eq=2&", "suffix a_eq='1'; suffix b_eq='2'"),
      ])
  }

  @Test("bracket: field, field[], field[operator], exists, order, page")
  func bracket() {
    check(
      .bracket,
      [
        ("type=A", "bracket type='A'"),
        ("type[]=A", "bracket type|=['A']"),
        (
          "type[]=A&amount[gt]=5&type[]=B&kind[]=C&type%5B%5D=D",
          "bracket type|=['A', 'B', 'D']; bracket amount|gt='5'; bracket kind|=['C']"
        ),
        ("amount[between]=1..9", "bracket amount|between='1..9'"),
        ("amount[gt][x]=5", "bracket amount|gt|x='5'"),
        ("amount[gt][]=5", "bracket amount|gt|=['5']"),
        ("exists[endDate]=true&exists[b]", "exists endDate='true'; exists b=nothing"),
        ("order[a]=ASC&order[b]=desc&order[c]=&order[d]", "sort +a; sort -b; sort ?c; sort ?d"),
        (
          "page=2&itemsPerPage=30&cursor=x",
          "page number page='2'; page size itemsPerPage='30'; page cursor cursor='x'"
        ),
        ("a.b[before]=1", "bracket a.b|before='1'"),
        ("limit=5&filter=1&sort=x", "bracket limit='5'; bracket filter='1'; bracket sort='x'"),
      ])
  }

  @Test("mixed: the name alone decides")
  func mixed() {
    check(
      .mixed,
      [
        (
          "filter[usage][gte]=5&currency_eq=USD&amount[lt]=9&type=A",
          "jsonAPI usage|gte='5'; suffix currency_eq='USD'; bracket amount|lt='9'; suffix type='A'"
        ),
        ("sort=-a&order[b]=asc", "sort -a; sort +b"),
        ("sort[t]=a", "sort[t] +a"),
        ("page=2", "page number page='2'"),
        ("page[number]=2", "page number page[number]='2'"),
        ("itemsPerPage=3&cursor=x", "page size itemsPerPage='3'; page cursor cursor='x'"),
        (
          "limit=5&offset=1&logical_operator=or",
          "connective or; page limit limit='5'; page offset offset='1'"
        ),
        ("fields=a", "fields a"),
        ("fields[t]=a", "fields[t] a"),
        ("limit[gt]=5", "bracket limit|gt='5'"),
        ("exists[a]=1&a[]=1&a[]=2&include=r", "exists a='1'; bracket a|=['1', '2']; include r"),
        ("filter=x", "! syntax.wrong-shape"),
        ("order=x", "! syntax.wrong-shape"),
        ("exists=x", "! syntax.wrong-shape"),
      ])
  }

  @Test("body: filters, order, pages, and members that are parameters")
  func body() {
    check(
      .body,
      [
        ("{}", ""),
        (" { } \n", ""),
        (#"{"filters":[{"field":"currency","operator":"eq","value":"USD"}]}"#, #"body currency|eq="USD""#),
        (#"{"filter":{"field":"a","operator":"isnull"}}"#, "body a|isnull=nothing"),
        (
          #"{"filter":{"field":"a","operator":"in","values":[1,"x",null,[2]]}}"#,
          #"body a|in=[1, "x", null, [2]]"#
        ),
        (#"{"filter":{"field":"a","operator":"eq","value":[ 1 , 2.50 ]}}"#, "body a|eq=[1,2.50]"),
        (#"{"filter":{"field":"a","operator":"eq","value":{ "b" : [ true ] }}}"#, #"body a|eq={"b":[true]}"#),
        (#"{"filter":{"field":"a","operator":"eq","value":null}}"#, "body a|eq=null"),
        (#"{"filter":{"field":"a","operator":"eq","value":-0.10e+5}}"#, "body a|eq=-0.10e+5"),
        (
          #"{"filters":[{"or":[{"field":"a","operator":"eq","value":1},{"not":{"and":[]}}]},{"any":"s","where":{"field":"b","operator":"gt","value":true}}]}"#,
          "or (body a|eq=1; not (and ())); any s (body b|gt=true)"
        ),
        (#"{"filters":[],"logical_operator":"OR"}"#, "connective or"),
        (
          #"{"sort":["-a","b"],"limit":5,"offset":0}"#,
          "sort -a; sort +b; page limit limit=5; page offset offset=0"
        ),
        (#"{"sort_by":"a","sort_order":"asc"}"#, "sort +a"),
        (#"{"sort_order":"DESC","sort_by":"a"}"#, "sort -a"),
        (#"{"sort_by":"a"}"#, "sort -a"),
        (
          #"{"page":2,"size":5,"next_page":"x"}"#,
          #"page number page=2; page size size=5; page cursor next_page="x""#
        ),
        (#"{"fields":["a"],"include":["b"]}"#, "fields a; include b"),
        (
          #"{"customer_id":"x","include_count":true,"ids":["a"]}"#,
          #"parameter customer_id="x"; parameter include_count=true; parameter ids=["a"]"#
        ),
        (
          #"{"filter":{"field":"\u0061\n","operator":"eq","value":"\ud83d\ude00\/"}}"#,
          "body a\n|eq=\"\u{1F600}/\""
        ),
      ])
  }

  private func check(_ dialect: QueryDialect, _ rows: [(String, String)]) {
    for (text, expected) in rows {
      let query = ParsedDump.parse(text, dialect)
      #expect(ParsedDump.line(query) == expected, "\(dialect.rawValue): \(text)")
      #expect(ParsedInvariants.faults(query, sourceCount: text.utf8.count) == [], "\(text)")
    }
  }
}
