/// The words of PHP's date language, and the short names of time zones that it knows.
enum PHPDateWords {
  /// Words that make a date relative, or name a part of it.
  private static let language: Set<String> = Set(
    """
    now today tomorrow yesterday midnight noon ago first last next previous this of back front
    second third fourth fifth sixth seventh eighth eight ninth tenth eleventh twelfth
    sunday monday tuesday wednesday thursday friday saturday sundays mondays tuesdays wednesdays thursdays fridays
    saturdays sun mon tue tues wed wednes thu thur thurs fri sat weekday weekdays week weeks
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    ms msec msecs millisecond milliseconds usec usecs microsecond microseconds sec secs seconds min mins minute
    minutes hour hours day days fortnight fortnights forthnight forthnights month months year years am pm
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  private static let romanMonths: Set<String> = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
  ]

  private static let zones: Set<String> = Set(
    """
    acdt acst addt adt aedt aest ahdt ahst akdt akst amt apt ast awdt awst awt bdst bdt bmt bst cast cat cddt cdt
    cemt cest cet cmt cpt cst cwt chst dmt eat eddt edt eest eet emt ept est ewt ffmt fmt gdt gmt gst hdt hkst hkt
    hmt hpt hst hwt iddt idt imt ist jdt jmt jst kdt kmt kst lst mddt mdst mdt mest met mmt mpt msd msk mst mwt nddt
    ndt npt nst nwt nzdt nzmt nzst pddt pdt pkst pkt plmt pmt ppmt ppt pst pwt qmt rmt sast sdmt sjmt smt sst tbmt
    tmt uct utc wast wat wemt west wet wib wita wit wmt yddt ydt ypt yst ywt
    a b c d e f g h i k l m n o p q r s t u v w x y z
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  static func isLanguage(_ word: String) -> Bool {
    language.contains(word.lowercased()) || romanMonths.contains(word)
  }

  /// A short name, as `EST` or `Z`. Where the clock stands is all that counts, so that its offset does not matter.
  static func isZone(_ name: String) -> Bool { zones.contains(name.lowercased()) }
}
