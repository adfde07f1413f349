// One polite live region. A held-down key would flood a screen reader: then only the last sentence of each quarter second is said.

export function announcer(region, wait = 250) {
  let last = 0, timer = 0;
  return (text, flood = false) => {
    const say = () => { last = Date.now(); region.textContent = text; }, rest = wait - (Date.now() - last);
    clearTimeout(timer);
    if (flood && rest > 0) timer = setTimeout(say, rest); else say();
  };
}
