import { useState } from 'react'
import { ChosenFile } from './chosen-file.tsx'
import { DropFile } from './drop-file.tsx'
import { EarlierImports } from './earlier-imports.tsx'
import classes from './imports.module.css'
import type { Chosen } from './open-rows.ts'
import { isOver, useRunning } from './running-import.ts'
import { RunningImport } from './running-import-panel.tsx'
import { words } from './words.ts'

/** Files become events: choose one, see how it will be understood, bring it in. */
export function ImportsPage() {
  const running = useRunning()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const letGo = () => {
    chosen?.rows.close()
    setChosen(null)
  }
  const busy = running !== null && !isOver(running)
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{words.title}</h1>
        <p>{words.about}</p>
      </header>
      {running !== null && <RunningImport running={running} />}
      {!busy &&
        (chosen === null ? (
          <DropFile onOpen={setChosen} />
        ) : (
          <ChosenFile key={chosen.name} chosen={chosen} onBegun={() => setChosen(null)} onOther={letGo} />
        ))}
      <EarlierImports isRunning={busy} />
    </div>
  )
}
