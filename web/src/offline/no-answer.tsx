import { useNetwork } from '@mantine/hooks'
import { CopyLine } from '../frame/copy-line.tsx'
import { TryAgain, WholePage } from '../frame/whole-page.tsx'
import { words } from './words.ts'

type Props = { readonly error: Error; readonly again: () => void; readonly busy: boolean }

/** In place of the first page, while nothing can be asked: why, what still works, and that it goes on by itself. */
export function NoAnswer({ error, again, busy }: Props) {
  const { online } = useNetwork()
  return (
    <WholePage title={online ? words.noAnswer : words.offline}>
      <p>{online ? words.noAnswerWhy(error.message) : words.offlineWhy}</p>
      {online && <CopyLine lines={['npx counterflow start']} />}
      <h2>{words.stillTitle}</h2>
      <ul>
        {words.still.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <TryAgain again={again} busy={busy} />
    </WholePage>
  )
}
