// One polite live region. A held-down key would flood a screen reader: then only the last sentence of each quarter second is said.

export function announcer(region, wait = 250) {
  let last = 0, timer = 0;
  const say = text => { last = Date.now(); region.textContent = text; };
  return (text, flood = false) => {
    clearTimeout(timer);
    const rest = wait - (Date.now() - last);
    if (flood && rest > 0) timer = setTimeout(() => say(text), rest);
    else say(text);
  };
}

// "14 of 45, 30 September 2015, first strikes"
export const sentence = (place, count, words, short, more = "") => `${place} of ${count}, ${words}, ${short}${more ? `, ${more}` : ""}`;
