// Small helpers for the page.

export const $ = selector => document.querySelector(selector);

/** An element: make('button', {class: 'main', onclick}, 'Send'). Text is text, never markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element[key] = value;
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function toast(text, action, act) {
  const place = $('#toast');
  place.replaceChildren(text, ...(action ? [make('button', { onclick: act }, action)] : []));
  place.hidden = false;
}

export function endToast() {
  $('#toast').hidden = true;
}
