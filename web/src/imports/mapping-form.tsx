import { useId, useState } from 'react'
import type { ImportKind, ImportPreviewAnswer } from '#core/api/imports.ts'
import form from '../people/people.module.css'
import classes from './imports.module.css'
import {
  type FieldRow,
  type Mapping,
  otherProblems,
  prepareMapping,
  type Refunds,
  refundsIn,
  timeIn,
  withColumn,
  withRefunds,
  withTime,
  withValue,
} from './prepare-mapping.ts'
import { words } from './words.ts'

type Props = {
  readonly kind: ImportKind
  readonly preview: ImportPreviewAnswer
  readonly columns: readonly string[]
  readonly onChange: (mapping: Mapping) => void
}

/** Which column of the file is which field of ours. */
export function MappingForm({ kind, preview, columns, onChange }: Props) {
  const { mapping, ignoredColumns } = preview
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(JSON.stringify(mapping, null, 2)).catch(() => {})
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <fieldset className={classes.mapping}>
      <legend>{words.mapping}</legend>
      <p className={classes.light}>{words.mappingAbout}</p>
      <div className={classes.fields}>
        {prepareMapping(kind, preview).map((row) => (
          <Field key={row.name} row={row} columns={columns} mapping={mapping} onChange={onChange} />
        ))}
      </div>
      {kind === 'sales' && (
        <div className={classes.rules}>
          <TimeRule preview={preview} columns={columns} onChange={onChange} />
          <RefundRule preview={preview} columns={columns} onChange={onChange} />
        </div>
      )}
      <div className={classes.mappingEnd}>
        {ignoredColumns.length > 0 && <p className={classes.light}>{words.ignored(ignoredColumns.join(', '))}</p>}
        {kind === 'sales' && (
          <button type="button" className={form.secondary} onClick={() => void copy()}>
            <span aria-live="polite">{copied ? words.copied : words.copyMapping}</span>
          </button>
        )}
      </div>
    </fieldset>
  )
}

const VALUE = '\u0000value'

type FieldProps = Pick<Props, 'columns' | 'onChange'> & { readonly row: FieldRow; readonly mapping: Mapping }

function Field({ row, columns, mapping, onChange }: FieldProps) {
  const { name, label, isRequired, column, value, takesValue, problem } = row
  const id = useId()
  const choose = (chosen: string) => {
    if (chosen === VALUE) onChange(withValue(mapping, name, ''))
    else onChange(withColumn(mapping, name, chosen === '' ? null : chosen))
  }
  return (
    <div className={classes.field}>
      <label className={classes.fieldName} htmlFor={id}>
        {label}
        {isRequired && ' *'}
      </label>
      <ColumnSelect
        id={id}
        columns={columns}
        value={value === null ? (column ?? '') : VALUE}
        extra={takesValue ? [[VALUE, words.sameForAll]] : []}
        problemId={problem === null ? undefined : `${id}-problem`}
        onChoose={choose}
      />
      {value !== null && (
        <TextOnLeave
          label={words.valueOf(label)}
          value={value}
          onLeave={(text) => onChange(withValue(mapping, name, text))}
        />
      )}
      {problem !== null && (
        <p className={form.error} id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}

type SelectProps = {
  readonly id?: string
  readonly label?: string
  readonly columns: readonly string[]
  readonly value: string
  readonly extra?: readonly (readonly [value: string, name: string])[]
  readonly problemId?: string | undefined
  readonly onChoose: (column: string) => void
}

const ColumnSelect = ({ id, label, columns, value, extra = [], problemId, onChoose }: SelectProps) => (
  <select
    id={id}
    className={`${form.input} ${classes.select}`}
    aria-label={label}
    aria-invalid={problemId !== undefined || undefined}
    aria-describedby={problemId}
    value={value}
    onChange={(event) => onChoose(event.currentTarget.value)}
  >
    <option value="">{words.none}</option>
    {extra.map(([each, name]) => (
      <option key={each} value={each}>
        {name}
      </option>
    ))}
    {value !== '' && value !== VALUE && !columns.includes(value) && <option value={value}>{value}</option>}
    {[...new Set(columns)].map((column) => (
      <option key={column} value={column}>
        {column}
      </option>
    ))}
  </select>
)

type TextProps = {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly onLeave: (text: string) => void
}

/** What is written counts when the field is left, or with Enter. */
function TextOnLeave({ label, value, placeholder, onLeave }: TextProps) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setText(value)
  }
  const leave = () => text.trim() !== value && onLeave(text.trim())
  return (
    <input
      type="text"
      className={form.input}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
    />
  )
}

type RuleProps = Pick<Props, 'preview' | 'columns' | 'onChange'>

function TimeRule({ preview, columns, onChange }: RuleProps) {
  const { mapping } = preview
  const { columns: named, format, timeZone } = timeIn(mapping)
  const problem = otherProblems(preview, 'occurredAt')
  const [first = '', second = ''] = named
  return (
    <fieldset className={classes.rule}>
      <legend>{words.time} *</legend>
      <p className={classes.light}>{words.timeColumns}</p>
      <div className={classes.ruleRow}>
        <ColumnSelect
          label={words.timeColumns}
          columns={columns}
          value={first}
          onChoose={(column) => onChange(withTime(mapping, { columns: [column, second] }))}
        />
        <ColumnSelect
          label={`${words.timeColumns}, ${words.addColumn}`}
          columns={columns}
          value={second}
          onChoose={(column) => onChange(withTime(mapping, { columns: [first, column] }))}
        />
      </div>
      <p className={classes.light}>
        {words.timeFormat}. {words.timeFormatAbout}
      </p>
      <TextOnLeave
        label={words.timeFormat}
        value={format}
        placeholder={words.timeFormatHint}
        onLeave={(text) => onChange(withTime(mapping, { format: text }))}
      />
      <p className={classes.light}>{words.timeZone}</p>
      <TextOnLeave
        label={words.timeZone}
        value={timeZone}
        placeholder={words.timeZoneHint}
        onLeave={(text) => onChange(withTime(mapping, { timeZone: text }))}
      />
      {problem !== '' && <p className={form.error}>{problem}</p>}
    </fieldset>
  )
}

function RefundRule({ preview, columns, onChange }: RuleProps) {
  const { mapping } = preview
  const refunds = refundsIn(mapping)
  const problem = otherProblems(preview, 'refunds')
  const change = (next: Partial<Refunds>) => onChange(withRefunds(mapping, next))
  const rules = [
    ['none', words.refundsNone],
    ['negative', words.refundsNegative],
    ['word', words.refundsWord],
  ] as const
  return (
    <fieldset className={classes.rule}>
      <legend>{words.refunds}</legend>
      {rules.map(([rule, name]) => (
        <label key={rule} className={form.choice}>
          <input type="radio" name="refunds" checked={refunds.rule === rule} onChange={() => change({ rule })} />
          <span>{name}</span>
        </label>
      ))}
      {refunds.rule === 'word' && (
        <div className={classes.ruleRow}>
          <ColumnSelect
            label={words.refundColumn}
            columns={columns}
            value={refunds.column}
            onChoose={(column) => change({ column })}
          />
          <TextOnLeave
            label={words.refundWord}
            value={refunds.word}
            placeholder={words.refundWordHint}
            onLeave={(word) => change({ word })}
          />
        </div>
      )}
      {refunds.rule !== 'none' && (
        <select
          className={`${form.input} ${classes.select}`}
          aria-label={words.refundAs}
          value={refunds.as}
          onChange={(event) => change({ as: event.currentTarget.value as Refunds['as'] })}
        >
          <option value="refund">{words.asRefund}</option>
          <option value="cancellation">{words.asCancellation}</option>
        </select>
      )}
      {problem !== '' && <p className={form.error}>{problem}</p>}
    </fieldset>
  )
}
