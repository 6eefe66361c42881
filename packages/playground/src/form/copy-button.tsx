import { useEffect, useState } from 'preact/hooks'

/** Copies a text, and says whether that was allowed. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [told, setTold] = useState('')
  // Of another text nothing was said yet.
  useEffect(() => setTold(''), [text])
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setTold('Copied.')
    } catch {
      setTold('The browser did not allow it: select the text and copy it by hand.')
    }
  }
  return (
    <>
      <button type="button" onClick={copy}>
        Copy the {what}
      </button>
      <span class="hint" role="status">
        {told}
      </span>
    </>
  )
}
