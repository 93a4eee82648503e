// Until the page's own scripts are at work, a choice in a filter goes there by the form itself: no choice is lost. As
// with them, only what was chosen stands in the address.
document.addEventListener('change', ({ target }) => {
  if ('hydrated' in document.documentElement.dataset) return;
  if (!(target instanceof HTMLSelectElement) || target.form?.method !== 'get') return;
  const query = new URLSearchParams(new FormData(target.form));
  for (const [name, value] of [...query]) if (value === '') query.delete(name);
  location.assign(`${location.pathname}?${query}`);
});
