import { useEffect, useState } from 'preact/hooks'

const SYSTEM_DARK = matchMedia('(prefers-color-scheme: dark)')

/** Light or dark: the system's choice until somebody presses. It is kept nowhere, and forgotten with the page. */
export function ThemeToggle() {
  const [isSystemDark, setSystemDark] = useState(SYSTEM_DARK.matches)
  const [chosen, setChosen] = useState<'light' | 'dark'>()
  useEffect(() => {
    const follow = () => setSystemDark(SYSTEM_DARK.matches)
    SYSTEM_DARK.addEventListener('change', follow)
    return () => SYSTEM_DARK.removeEventListener('change', follow)
  }, [])
  const isDark = chosen === undefined ? isSystemDark : chosen === 'dark'
  function toggle() {
    const other = isDark ? 'light' : 'dark'
    document.documentElement.dataset.theme = other
    setChosen(other)
  }
  return (
    <button type="button" class="quiet" aria-pressed={isDark} onClick={toggle}>
      Dark
    </button>
  )
}
