/* Visits of this web site, told after consent only; docs/visits.md. */
(() => {
  const own = document.currentScript;
  const ours = new URL(own.src).origin;
  const KEY = "funnel-visitor";
  const objects =
    navigator.doNotTrack === "1" || window.doNotTrack === "1" || navigator.globalPrivacyControl === true;
  let visitor = "";

  const random = () =>
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (sign) =>
      (+sign ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+sign / 4)))).toString(16));

  function remembered() {
    try {
      const id = localStorage.getItem(KEY) || random();
      localStorage.setItem(KEY, id);
      return id;
    } catch {
      return random();
    }
  }

  function view() {
    if (!visitor) return;
    const said = { visitor, page: location.pathname, title: document.title };
    if (document.referrer && new URL(document.referrer).origin !== location.origin)
      said.referrer = new URL(document.referrer).origin;
    for (const [name, value] of new URLSearchParams(location.search))
      if (/^utm_(source|medium|campaign|term|content)$/.test(name)) said[name] = value;
    fetch(new URL("view/", own.src), {
      method: "POST", body: JSON.stringify(said), keepalive: true, credentials: "omit", referrerPolicy: "origin",
      headers: { "Content-Type": "text/plain" },
    }).catch(() => {});
  }

  function isForm(address) {
    return address.startsWith(ours + "/intake/f/");
  }

  function carried(address) {
    const url = new URL(address);
    url.searchParams.set("visitor", visitor);
    return url.href;
  }

  function allow() {
    if (objects || visitor) return;
    visitor = remembered();
    view();
    for (const frame of document.querySelectorAll("iframe")) if (isForm(frame.src)) frame.src = carried(frame.src);
  }

  function withdraw() {
    visitor = "";
    try {
      localStorage.removeItem(KEY);
    } catch {}
  }

  document.addEventListener("submit", ({ target: form }) => {
    if (!visitor || !isForm(form.action)) return;
    const field = form.elements.visitor || form.appendChild(document.createElement("input"));
    Object.assign(field, { type: "hidden", name: "visitor", value: visitor });
  }, true);
  document.addEventListener("click", ({ target }) => {
    const link = target.closest && target.closest("a[href]");
    if (visitor && link && isForm(link.href)) link.href = carried(link.href);
  }, true);

  window.funnelVisits = { allow, withdraw, view };
  if ("allowed" in own.dataset) allow();
})();
