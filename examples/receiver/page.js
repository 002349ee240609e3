const list = document.getElementById('received');
const count = document.getElementById('count');

/** The page's policy lets no style stand in the HTML itself. */
function colour(root) {
  for (const bar of root.querySelectorAll('[data-color]')) {
    bar.style.borderLeftColor = bar.dataset.color;
  }
}

async function update() {
  const response = await fetch(`/newer?since=${list.dataset.last}`);
  if (response.status === 205) {
    location.reload();
    return;
  }
  const html = await response.text();
  if (html) {
    list.insertAdjacentHTML('afterbegin', html);
    colour(list);
  }
  list.dataset.last = response.headers.get('X-Count');
  count.textContent = list.dataset.last;
}

colour(list);
setInterval(() => update().catch(() => {}), 1000);
