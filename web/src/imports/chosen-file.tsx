import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportKind, ImportPreviewAnswer } from '#core/api/imports.ts'
import { formatNumber } from '../format/format-number.ts'
import { WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import form from '../people/people.module.css'
import { OWN_ZONE } from '../people/use-names.ts'
import { useIsMock } from '../reach/use-is-mock.ts'
import classes from './imports.module.css'
import { MappingForm } from './mapping-form.tsx'
import type { Chosen } from './open-rows.ts'
import type { Mapping } from './prepare-mapping.ts'
import { type PreviewRow, preparePreview } from './prepare-preview.ts'
import { preview } from './requests.ts'
import { begin } from './running-import.ts'
import { words } from './words.ts'

const OFFERED = (Object.keys(words.kinds) as ImportKind[]).filter((kind) => kind !== 'online-retail-titles')

type Props = { readonly chosen: Chosen; readonly onBegun: () => void; readonly onOther: () => void }
/** What somebody chose; undefined: as it is guessed. */
type Choice = { readonly kind: ImportKind | undefined; readonly mapping: Mapping | undefined }

/** A file before it is brought in: what it is, which column is what, and how its first lines will be understood. */
export function ChosenFile({ chosen: { name, rows }, onBegun, onOther }: Props) {
  const client = useQueryClient()
  const mayKnowLedger = useMay('quality:read')
  const isMock = useIsMock()
  const [choice, setChoice] = useState<Choice>({ kind: undefined, mapping: undefined })
  const asked = {
    columns: [...rows.columns],
    rows: rows.first.map(({ line, cells }) => ({ line, cells })),
    ...(choice.kind !== undefined && { kind: choice.kind }),
    ...(choice.mapping !== undefined && { mapping: { ...choice.mapping } }),
  }
  const query = useQuery({
    queryKey: ['import-preview', name, choice],
    queryFn: ({ signal }) => preview(asked, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const found = query.data
  const kind = found?.kind ?? null
  const isWhole = found !== undefined && kind !== null && found.problems.length === 0 && !query.isPlaceholderData
  const lines = formatNumber(rows.rows)
  const bringIn = () => {
    const { mapping, groupColumn } = found!
    onBegun()
    void begin(client, rows, { file: name, kind: kind!, mapping, groupColumn, mayKnowLedger })
  }
  return (
    <>
      <Panel
        id="file"
        title={name}
        about={words.linesOf(lines)}
        state={panelStateOf(query)}
        actions={
          <button type="button" className={form.secondary} onClick={onOther}>
            {words.anotherFile}
          </button>
        }
      >
        {found !== undefined && (
          <div className={classes.choices}>
            <KindChoice
              kind={kind}
              isGuessed={choice.kind === undefined && kind !== null}
              onChoose={(next) => setChoice({ kind: next, mapping: undefined })}
            />
            {kind !== null && (
              <MappingForm
                key={kind}
                kind={kind}
                preview={found}
                columns={rows.columns}
                onChange={(mapping) => setChoice({ kind, mapping })}
              />
            )}
          </div>
        )}
      </Panel>
      {found !== undefined && kind !== null && (
        <Panel
          id="preview"
          title={words.preview}
          about={words.previewAbout(formatNumber(found.rows.length), lines)}
          flush
          empty={emptyOf(found, rows.rows)}
        >
          <PreviewTable rows={preparePreview(found, OWN_ZONE)} />
        </Panel>
      )}
      {found !== undefined && kind !== null && (
        <div className={classes.end}>
          {rows.unreadable.length > 0 && (
            <p className={classes.light}>{words.unreadableLines(formatNumber(rows.unreadable.length))}</p>
          )}
          {isMock && (
            <div className={classes.note}>
              <WarningIcon />
              <div>
                <p className={classes.strong}>{words.mockTitle}</p>
                <p>{words.mockWhy}</p>
              </div>
            </div>
          )}
          <button type="button" className={form.primary} disabled={!isWhole || rows.rows === 0} onClick={bringIn}>
            {words.begin(lines)}
          </button>
        </div>
      )}
    </>
  )
}

function emptyOf({ problems, rows }: ImportPreviewAnswer, lines: number) {
  if (problems.length > 0) return { title: words.noPreviewTitle, why: words.noPreviewWhy }
  return rows.length === 0 && lines === 0 ? { title: words.noLines, why: words.emptyFile } : undefined
}

type KindProps = {
  readonly kind: ImportKind | null
  readonly isGuessed: boolean
  readonly onChoose: (kind: ImportKind) => void
}

const KindChoice = ({ kind, isGuessed, onChoose }: KindProps) => (
  <fieldset className={classes.kinds}>
    <legend>{words.whatIsIt}</legend>
    <p className={classes.light}>{isGuessed ? words.guessed : kind === null ? words.notGuessed : ''}</p>
    <div className={classes.kindList}>
      {OFFERED.map((each) => (
        <label key={each} className={classes.kind} data-chosen={each === kind || undefined}>
          <input type="radio" name="kind" value={each} checked={each === kind} onChange={() => onChoose(each)} />
          <span>
            <span className={classes.strong}>{words.kinds[each].name}</span>
            <span className={classes.light}>{words.kinds[each].about}</span>
          </span>
        </label>
      ))}
    </div>
  </fieldset>
)

const PreviewTable = ({ rows }: { readonly rows: readonly PreviewRow[] }) => {
  const wrong = rows.filter(({ isWrong }) => isWrong).length
  return (
    <>
      {wrong > 0 && <p className={classes.wrongCount}>{words.wrongLines(formatNumber(wrong))}</p>}
      <table className={classes.preview}>
        <thead>
          <tr>
            <th scope="col">{words.line}</th>
            <th scope="col">{words.whatItIs}</th>
            <th scope="col">{words.says}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, kind, facts, isWrong }) => (
            <tr key={line} data-wrong={isWrong || undefined}>
              <th scope="row">{formatNumber(line)}</th>
              <td>
                <span className={classes.what}>
                  {isWrong && <WarningIcon size={14} />}
                  {kind}
                </span>
              </td>
              <td>{facts.join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
