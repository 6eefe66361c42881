import { useState } from 'preact/hooks'

/** Light or dark: the system's choice until somebody presses. It is kept nowhere, and forgotten with the page. */
export function ThemeToggle() {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  function toggle() {
    document.documentElement.dataset.theme = isDark ? 'light' : 'dark'
    setDark(!isDark)
  }
  return (
    <button type="button" class="quiet" aria-pressed={isDark} onClick={toggle}>
      Dark
    </button>
  )
}
