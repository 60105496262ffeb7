// The sandbox's own small API, behind this page.

export async function api(name, body) {
  const options = body === undefined
    ? {}
    : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`/outlook/api/${name}`, options);
  const given = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(given.error || given.description || `HTTP ${answer.status}`), { given });
  return given;
}
