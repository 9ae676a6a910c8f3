import { useState } from 'react'
import { CopyIcon, DoneIcon } from '../icons.tsx'
import classes from './copy-line.module.css'
import { words } from './words.ts'

/** A command to be run in a terminal. `lines`: its parts, shown one below the other. */
export function CopyLine({ lines }: { readonly lines: readonly string[] }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(lines.join(' '))
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      // No clipboard on a page without https: the text can be selected as one.
    }
  }
  return (
    <div className={classes.box}>
      <code className={classes.code}>
        {lines.map((line, index) => (
          <span key={line}>
            {line}
            {index < lines.length - 1 && ' \\'}
            {'\n'}
          </span>
        ))}
      </code>
      <button type="button" className={classes.copy} onClick={copy}>
        {copied ? <DoneIcon /> : <CopyIcon />}
        <span aria-live="polite">{copied ? words.copied : words.copy}</span>
      </button>
    </div>
  )
}
