import { NumberInput, Switch } from '@mantine/core'
import { exponentOf } from '#core/events/money.ts'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import people from '../people/people.module.css'
import { fieldOf, numberText, type Settings, type Unit } from './prepare-settings.ts'
import { nameOfSetting } from './setting-names.ts'
import { SettingsEnd } from './settings-end.tsx'
import classes from './settings-page.module.css'
import { useSettingsForm } from './use-settings-form.ts'
import { words } from './words.ts'

type Field = { readonly name: string; readonly unit: Unit }
type Props = {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly state: PanelState
  readonly settings: Settings
  readonly fields: readonly Field[]
  /** Fields stand beside each other. */
  readonly grid?: boolean
}

/** Settings that are numbers, each in its unit, or a switch. */
export function NumbersPanel({ id, title, about, state, settings, fields, grid = false }: Props) {
  const mayChange = useMay('settings:change')
  const currency = String(settings.get('currency')?.value ?? '')
  return (
    <Panel id={id} title={title} about={about} state={state}>
      {mayChange ? (
        <NumbersForm settings={settings} fields={fields} currency={currency} grid={grid} />
      ) : (
        <dl className={classes.facts}>
          {fields.map(({ name, unit }) => (
            <div key={name}>
              <dt>{labelOf(name)}</dt>
              <dd>{numberText(settings.get(name)?.value, unit, currency)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}

type FormProps = Pick<Props, 'settings' | 'fields' | 'grid'> & { readonly currency: string }

function NumbersForm({ settings, fields, currency, grid }: FormProps) {
  const of = useSettingsForm(
    settings,
    fields.map(({ name }) => name),
  )
  const { form } = of
  return (
    <form className={people.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
      <div className={grid ? classes.grid : classes.fields}>
        {fields.map(({ name, unit }) => {
          const field = fieldOf(name)
          const value = form.values[field]
          if (unit === 'switch')
            return (
              <Switch
                key={name}
                name={name}
                label={labelOf(name)}
                checked={value === true}
                error={form.errorOf(field)}
                labelPosition="left"
                classNames={{ root: classes.switch!, body: classes.switchBody! }}
                onChange={(event) => form.set(field, event.currentTarget.checked)}
              />
            )
          const { scale, decimals, suffix } = shownAs(unit, currency)
          return (
            <NumberInput
              key={name}
              name={name}
              label={labelOf(name)}
              value={typeof value === 'number' ? exact(value / scale) : ''}
              suffix={suffix}
              decimalScale={decimals}
              fixedDecimalScale={unit === 'money'}
              allowDecimal={decimals > 0}
              allowNegative={false}
              thousandSeparator=","
              error={form.errorOf(field)}
              description={words.meaningOf[name]}
              classNames={{ label: people.label!, description: people.hint!, error: people.error! }}
              // What is empty is no number: the engine says so at the field.
              onChange={(next) => form.set(field, next === '' ? '' : exact(Number(next) * scale))}
            />
          )
        })}
      </div>
      <SettingsEnd {...of} />
    </form>
  )
}

const labelOf = (name: string): string => words.labelOf[name] ?? nameOfSetting(name)

/** How many of what the engine keeps are one of what is shown. */
function shownAs(unit: Unit, currency: string): { scale: number; decimals: number; suffix: string } {
  if (unit === 'percent') return { scale: 0.01, decimals: 1, suffix: ' %' }
  if (unit !== 'money') return { scale: 1, decimals: 0, suffix: ` ${unit}` }
  const decimals = exponentOf(currency) ?? 0
  return { scale: 10 ** decimals, decimals, suffix: currency === '' ? '' : ` ${currency}` }
}

/** 0.07, where the product of floats is 0.07000000000000001. */
const exact = (value: number): number => Number(value.toFixed(6))
