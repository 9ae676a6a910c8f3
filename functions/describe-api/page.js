/* What the page can do beside being read: search, copy, choose dark or light, go by keyboard. */
const THEME = 'mantine-color-scheme-value' // where the dashboard keeps its own choice

const darkByItself = () => matchMedia('(prefers-color-scheme: dark)').matches
const isDark = () => (document.documentElement.dataset.theme ?? (darkByItself() ? 'dark' : 'light')) === 'dark'

// Before anything is painted.
const chosen = localStorage.getItem(THEME)
if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen

document.addEventListener('DOMContentLoaded', () => {
  useOwnAddress()
  setUpTheme()
  setUpCopying()
  const showAll = setUpSearch()
  foldContents()
  openShown(showAll)
  addEventListener('hashchange', () => openShown(showAll))
  // Also of a link to where the page is already.
  addEventListener('click', ({ target }) => target.closest?.('a')?.hash === location.hash && openShown(showAll))
})

/** Examples are sent to where the page came from. */
function useOwnAddress() {
  for (const code of document.querySelectorAll('pre code'))
    if (code.textContent.includes('http://127.0.0.1:4310'))
      code.textContent = code.textContent.replaceAll('http://127.0.0.1:4310', location.origin)
}

function setUpTheme() {
  const button = document.getElementById('theme')
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark'
  }
  button.hidden = false
  button.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark'
    localStorage.setItem(THEME, document.documentElement.dataset.theme)
    show()
  })
  show()
}

function setUpCopying() {
  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(button.parentElement.querySelector('code').textContent)
        button.textContent = 'Copied'
      } catch {
        getSelection().selectAllChildren(button.parentElement.querySelector('code'))
        button.textContent = 'Selected'
      }
      setTimeout(() => {
        button.textContent = 'Copy'
      }, 1500)
    })
  }
}

/** Answers what ends the search. */
function setUpSearch() {
  const field = document.getElementById('search')
  const count = document.getElementById('count')
  const none = document.getElementById('none')
  const entries = [...document.querySelectorAll('main article')].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    listed: document.querySelector(`[data-of="${element.id}"]`),
  }))
  const search = () => {
    const sought = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const { element, text, listed } of entries) {
      const fits = sought.every((word) => text.includes(word))
      element.hidden = !fits
      if (listed !== null) listed.hidden = !fits
      if (fits) shown++
    }
    for (const group of document.querySelectorAll('.group, .contents section')) {
      const parts = group.querySelectorAll('article, li')
      group.hidden = sought.length > 0 && (parts.length === 0 || [...parts].every((it) => it.hidden))
    }
    document.querySelector('.lead').hidden = sought.length > 0
    none.hidden = shown > 0
    count.textContent = sought.length === 0 ? '' : `${shown} found`
  }
  const showAll = () => {
    field.value = ''
    search()
  }
  field.hidden = false
  field.addEventListener('input', search)
  document.getElementById('clear').addEventListener('click', () => {
    showAll()
    field.focus()
  })
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && document.activeElement === field) {
      showAll()
      field.blur()
      return
    }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '')) return
    if (event.key === '/') {
      event.preventDefault()
      field.focus()
    } else if (event.key === 'j' || event.key === 'k') step(event.key === 'j' ? 1 : -1)
  })
  return showAll
}

/** To the route after or before the one at the top of the screen. */
function step(by) {
  const routes = [...document.querySelectorAll('main article:not([hidden])')]
  const at = routes.indexOf(document.activeElement?.closest('article'))
  const top = routes.findIndex((route) => route.getBoundingClientRect().bottom > 120)
  const next = routes[at === -1 ? Math.max(0, top + (by < 0 ? -1 : 0)) : at + by]
  if (next === undefined) return
  next.focus({ preventScroll: true })
  next.scrollIntoView()
}

/** On a phone the list of routes would be the first screens. */
function foldContents() {
  if (matchMedia('(width < 900px)').matches) document.querySelector('.contents details').open = false
}

/** What the address names is shown, whatever was searched for, and has the focus. */
function openShown(showAll) {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null
  if (target === null) return
  foldContents()
  if (target.closest('[hidden]') !== null) showAll()
  target.focus({ preventScroll: true })
  target.scrollIntoView()
}
