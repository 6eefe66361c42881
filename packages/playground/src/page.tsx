import { useLayoutEffect, useState } from 'preact/hooks'
import { GenerateTab } from './generate/generate-tab.js'
import { RotationTab } from './rotation/rotation-tab.js'
import { Tabs } from './tabs.js'
import { ThemeToggle } from './theme-toggle.js'
import type { VerifyForm } from './verify/judge.js'
import { useVerification } from './verify/use-verification.js'
import { VerifyTab } from './verify/verify-tab.js'

const REPOSITORY = 'https://github.com/countersign/countersign'

export function Page() {
  const [tab, setTab] = useState('verify')
  const verification = useVerification()

  const [taken, setTaken] = useState<VerifyForm>()

  function takeOver(form: VerifyForm) {
    setTab('verify')
    setTaken(form)
    verification.verify(form)
  }

  // At once: the verdict of a long body takes a while, and who has moved on by then is not called back.
  useLayoutEffect(() => {
    if (taken !== undefined) document.getElementById('verdict')?.focus()
  }, [taken])

  const tabs = [
    { id: 'verify', title: 'Verify', content: <VerifyTab {...verification} /> },
    { id: 'rotation', title: 'Rotation', content: <RotationTab /> },
    { id: 'generate', title: 'Generate', content: <GenerateTab onVerify={takeOver} /> },
  ]
  return (
    <>
      <Header />
      <main>
        {!isSecureContext && (
          <p class="problem">
            This page was loaded without HTTPS, so the browser offers no WebCrypto and nothing can be verified.
          </p>
        )}
        <Tabs label="What to do" current={tab} onCurrent={setTab} tabs={tabs} />
      </main>
      <footer class="page-footer">
        <p>
          The library that verifies here is <a href={REPOSITORY}>Countersign</a>, on WebCrypto.
        </p>
      </footer>
    </>
  )
}

function Header() {
  return (
    <header class="page-header">
      <div>
        <p class="wordmark">Countersign</p>
        <h1>Why was this webhook refused?</h1>
        <p class="hint">
          Everything runs in this page. Nothing you enter leaves it, and nothing is stored: reload, and it is gone.
        </p>
      </div>
      <ThemeToggle />
    </header>
  )
}
