// What Python's layout would send for the harness's events: the same columns.
const day = ms => Math.round(ms / 864e5);
export function payloadOf(events, groups) {
  const n = events.length, column = f => events.map(f), a = column(e => day(e.t0)), b = column(e => (e.t1 === null ? day(e.t0) : day(e.t1)));
  const confidence = ['high', 'medium', 'low'], blank = column(() => '');
  return { v: 1, n, id: column(e => `bench-${e.id}`), title: column(e => e.title), short: column(e => e.title), text: blank, words: column(e => (e.end ? `${e.date} to ${e.end}` : e.date)), since: blank,
    edtf: column(e => (e.end ? `${e.date}/${e.end}` : e.date)), disputed: blank, known_words: blank, a0: a, a1: a, b0: b, b1: b, flags: column(e => (e.t1 === null ? 0 : 1)), pa: column(() => 0), pb: column(() => 0),
    public: a, case: column(() => 0), themes: column(e => [groups.indexOf(e.group)]), actors: column(() => []), confidence: column(() => 0), sources: column(() => []), row: column(() => 0),
    lists: { cases: [{ id: 'bench', title: 'Bench', day0: null }], themes: groups, actors: [], confidence, sources: [] }, eras: [] };
}
