// The body: shown in a frame without scripts, and changed only by somebody who writes.

import { $ } from './dom.js';
import { draft, changed } from './draft.js';

const LOOKS = 'body{font:15px/1.5 system-ui,sans-serif;color:#1f2430;background:#fff;margin:0;padding:18px 22px}' +
  'img{max-width:100%}table{max-width:100%}';
let shown = null;

export function setUp() {
  const frame = $('#editor');
  frame.onload = () => {
    dress(frame);
    const page = frame.contentDocument;
    page.designMode = draft.type === 'html' ? 'on' : 'off';
    page.addEventListener('input', () => {
      const whole = /<html[\s>]/i.test(draft.html);
      draft.html = whole ? page.documentElement.outerHTML : page.body.innerHTML;
      draft.dirty = true;
      shown = draft.html;
      $('#raw').value = draft.html;
      changed('written');
    });
    fit(frame);
  };
  $('#quoted').onload = () => {
    dress($('#quoted'));
    fit($('#quoted'));
  };
  $('#raw').oninput = event => {
    draft.html = event.target.value;
    draft.dirty = true;
    changed('written');
  };
  $('#source').onclick = () => showSource($('#raw').hidden);
  $('#bold').onclick = () => frame.contentDocument.execCommand('bold');
  $('#italic').onclick = () => frame.contentDocument.execCommand('italic');
}

// An adopted sheet is no part of the markup, so what is written keeps only what its author wrote.
function dress(frame) {
  const view = frame.contentWindow;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(LOOKS);
  frame.contentDocument.adoptedStyleSheets = [sheet];
}

function fit(frame) {
  frame.style.height = '10px'; // else a page is as high as its frame
  const height = frame.contentDocument.documentElement.scrollHeight;
  frame.style.height = `${Math.max(frame.id === 'editor' ? 260 : 60, Math.min(height + 8, 4000))}px`;
}

function showSource(on) {
  const asSource = on || draft.type === 'text';
  $('#source').setAttribute('aria-pressed', String(asSource));
  $('#raw').hidden = !asSource;
  $('#editor').hidden = asSource;
  if (asSource) $('#raw').value = draft.html;
  else show(true);
}

export function show(force = false) {
  if (shown === draft.html && !force) return;
  shown = draft.html;
  $('#raw').value = draft.html;
  if (draft.type === 'text') return void showSource(true);
  $('#editor').srcdoc = draft.html || '<body></body>';
  $('#thread').hidden = !draft.quoted;
  $('#quoted').srcdoc = draft.quoted;
}

export function reset() {
  shown = null;
  $('#source').setAttribute('aria-pressed', 'false');
  $('#raw').hidden = draft.type !== 'text';
  $('#editor').hidden = draft.type === 'text';
  $('#source').hidden = draft.type === 'text';
  show(true);
}
