// Until the page's own scripts are at work, a choice in a filter goes there by the form itself: no choice is lost.
document.addEventListener('change', ({ target }) => {
  if ('hydrated' in document.documentElement.dataset) return;
  if (target instanceof HTMLSelectElement && target.form?.method === 'get') target.form.submit();
});
