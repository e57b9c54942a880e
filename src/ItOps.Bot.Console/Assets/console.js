// Keeps a page current and sends its forms without leaving it. Without this script everything still works, by plain form posts and reloads.
// The server sends whole pages; what differs is taken over in place, so that focus, scroll position, open folds and half-written words survive.
'use strict';

(() => {
  const live = document.body.dataset.live;
  const offline = document.querySelector('[data-offline]');

  tellTimeZone();
  revealCopyButtons();
  document.addEventListener('keydown', sendOnEnter);
  document.addEventListener('submit', send);
  document.addEventListener('click', swapOrCopy);
  document.addEventListener('input', checkSoon);
  if (live) stayCurrent(live);

  // Times are written by the server, in the reader's own zone once it knows it.
  function tellTimeZone() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || document.cookie.split('; ').includes('it-zone=' + zone)) return;
    document.cookie = `it-zone=${zone}; path=/; max-age=31536000; samesite=strict`;
    if (live) refresh();
  }

  // ── What changed ─────────────────────────────────────────────────────────────────────────────────
  function stayCurrent(address) {
    let source = null;
    const open = () => {
      source = new EventSource(address);
      source.addEventListener('changed', refresh);
      source.addEventListener('open', () => { offline.hidden = true; });
      source.addEventListener('error', () => { offline.hidden = false; });
    };
    // A browser allows few connections to one server: a page that nobody sees must not hold one.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        source?.close();
        source = null;
      } else if (!source) {
        open();
        refresh();
      }
    });
    addEventListener('pagehide', () => source?.close());
    open();
  }

  let refreshing = false;
  let again = false;

  async function refresh() {
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    try {
      do {
        again = false;
        const asked = location.href;
        const response = await fetch(asked, { headers: { accept: 'text/html' } });
        // The answer to a form may have moved the page on while this was on its way.
        if (asked === location.href) take(await response.text(), response, false);
      } while (again);
    } catch {
      // The stream's own error says that the connection is lost, and its return refreshes.
    } finally {
      refreshing = false;
    }
  }

  // ── Forms ────────────────────────────────────────────────────────────────────────────────────────
  // One after the other, so that two messages arrive in the order they were written.
  let sending = Promise.resolve();

  function send(event) {
    const form = event.target;
    if (!form.dataset.send) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form, event.submitter));
    const address = form.getAttribute('action') || location.href;
    const box = form.querySelector('textarea[data-clears]');
    const words = box?.value;
    if (box) box.value = '';
    sending = sending.then(() => post(address, data)).then((done) => {
      if (!done && box && box.value === '') box.value = words;
      if (done && box) document.querySelector('.stream')?.scrollTo({ top: 0 });
    });
  }

  async function post(address, data) {
    try {
      const response = await fetch(address, { method: 'POST', body: data, headers: { accept: 'text/html' } });
      const html = await response.text();
      if (response.redirected) history.replaceState(null, '', response.url);
      else if (response.ok) history.replaceState(null, '', address);
      take(html, response, true);
      return response.ok && !document.querySelector('[data-refused]');
    } catch {
      if (offline) offline.hidden = false;
      return false;
    }
  }

  function sendOnEnter(event) {
    const box = event.target;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !box.matches?.('textarea[data-clears]')) return;
    event.preventDefault();
    if (box.value.trim() !== '') box.form.requestSubmit();
  }

  async function swapOrCopy(event) {
    const copy = event.target.closest?.('[data-copy]');
    if (copy) {
      await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
      copy.querySelector('[data-word]').textContent = 'Copied';
      return;
    }
    const line = event.target.closest?.('a[data-line]');
    const text = line && document.getElementById('text');
    if (text) {
      event.preventDefault();
      goToLine(text, Number(line.dataset.line));
      return;
    }
    const link = event.target.closest?.('a[data-swap]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, '', link.href);
    refresh();
  }

  function revealCopyButtons() {
    if (navigator.clipboard) for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;
  }

  // ── Checks beside a text that is being written ───────────────────────────────────────────────────
  let checking = 0;

  function checkSoon(event) {
    const form = event.target.form;
    if (!form?.dataset.check) return;
    clearTimeout(checking);
    checking = setTimeout(() => check(form), 400);
  }

  async function check(form) {
    const place = form.querySelector('[data-report]');
    const asked = checking;
    try {
      const response = await fetch(form.dataset.check, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { accept: 'text/html' } });
      if (!response.ok || response.redirected) return;
      const next = new DOMParser().parseFromString(await response.text(), 'text/html');
      // Something else was written meanwhile: its own answer is on the way.
      if (asked === checking) takeChildren(place, next.body, true);
    } catch {
      // What is shown is that of the last answer; the stream says that the connection is lost.
    }
  }

  // A problem names its line: that line is shown and selected.
  function goToLine(text, number) {
    const lines = text.value.split('\n');
    const start = lines.slice(0, number - 1).join('\n').length + (number > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[number - 1] ?? '').length);
    text.scrollTop = (number - 5) * parseFloat(getComputedStyle(text).lineHeight);
  }

  // ── Taking over a page ───────────────────────────────────────────────────────────────────────────
  function take(html, response, isAnswer) {
    const next = new DOMParser().parseFromString(html, 'text/html');
    const regions = [...document.querySelectorAll('[data-region]')].map((old) => [old, next.querySelector(`[data-region="${old.dataset.region}"]`)]);
    if (regions.some(([, fresh]) => !fresh)) {
      // Signed out, or not a page of the console any more: show that page itself.
      location.assign(response.redirected ? response.url : '/chat');
      return;
    }
    const focused = document.activeElement;
    for (const [old, fresh] of regions) takeElement(old, fresh, isAnswer);
    document.title = next.title;
    if (!isAnswer) return;
    const field = document.querySelector('main [autofocus]');
    if (field && field !== focused) field.focus();
    // The button that was pressed is gone: go on from the answer, not from the top of the page.
    else if (document.activeElement === document.body) document.querySelector('[data-answer]')?.focus();
  }

  function takeElement(old, fresh, isAnswer) {
    if (!isAnswer && old.hasAttribute('data-answer')) return;
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !(name === 'open' && old.tagName === 'DETAILS')) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    takeChildren(old, fresh, isAnswer);
  }

  function takeChildren(old, fresh, isAnswer) {
    const keyed = new Map();
    for (const child of old.children) if (keyOf(child)) keyed.set(keyOf(child), child);
    let place = old.firstChild;
    for (const child of [...fresh.childNodes]) {
      const key = keyOf(child);
      let match = key ? keyed.get(key) : place && !keyOf(place) && alike(place, child) ? place : null;
      if (match && !alike(match, child)) match = null;
      if (!match) {
        old.insertBefore(document.importNode(child, true), place);
        continue;
      }
      if (match === place) place = place.nextSibling;
      else old.insertBefore(match, place);
      if (match.nodeType !== Node.ELEMENT_NODE) {
        if (match.nodeValue !== child.nodeValue) match.nodeValue = child.nodeValue;
      } else {
        takeElement(match, child, isAnswer);
      }
    }
    while (place) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
  }

  function alike(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName;
  }

  function keyOf(node) {
    // Not node.id: in a form that is its field of that name.
    return node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key || node.getAttribute('id') || null : null;
  }
})();
