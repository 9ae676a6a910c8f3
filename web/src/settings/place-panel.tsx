import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { CURRENCIES } from '#core/events/money.ts'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import people from '../people/people.module.css'
import { currencyText, type Settings } from './prepare-settings.ts'
import { nameOfSetting } from './setting-names.ts'
import { SettingsEnd } from './settings-end.tsx'
import classes from './settings-page.module.css'
import { useSettingsForm } from './use-settings-form.ts'
import { words } from './words.ts'

type Props = { readonly state: PanelState; readonly settings: Settings }

/** The merchant's currency and zone, and when its day begins. */
export function PlacePanel({ state, settings }: Props) {
  const mayChange = useMay('settings:change')
  const zone = String(settings.get('timeZone')?.value ?? '')
  const currency = String(settings.get('currency')?.value ?? '')
  return (
    <Panel id="place" title={words.place} state={state}>
      <div className={classes.parts}>
        {mayChange ? (
          <PlaceForm settings={settings} />
        ) : (
          <dl className={classes.facts}>
            <div>
              <dt>{nameOfSetting('currency')}</dt>
              <dd>{currency !== '' && currencyText(currency)}</dd>
            </div>
            <div>
              <dt>{nameOfSetting('timeZone')}</dt>
              <dd>{zone}</dd>
            </div>
          </dl>
        )}
        <dl className={classes.facts}>
          <div>
            <dt>{words.day}</dt>
            <dd>
              {words.dayIs(zone)} <span className={classes.light}>{words.dayWhy}</span>
            </dd>
          </div>
        </dl>
      </div>
    </Panel>
  )
}

const NAMES = ['currency', 'timeZone']
const selectClasses = {
  label: people.label!,
  input: people.input!,
  description: people.hint!,
  error: people.error!,
  dropdown: classes.dropdown!,
  option: classes.option!,
}

function PlaceForm({ settings }: { readonly settings: Settings }) {
  const of = useSettingsForm(settings, NAMES)
  const { form } = of
  const currencies = useMemo(
    () => [...CURRENCIES.keys()].map((code) => ({ value: code, label: currencyText(code) })),
    [],
  )
  const zones = useMemo(() => zonesWith(String(form.values.timeZone)), [form.values.timeZone])
  return (
    <form className={people.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
      <Select
        {...form.inputOf('currency')}
        label={nameOfSetting('currency')}
        description={words.currencyHint}
        data={currencies}
        searchable
        allowDeselect={false}
        nothingFoundMessage={words.noCurrency}
        classNames={selectClasses}
      />
      <Select
        {...form.inputOf('timeZone')}
        label={nameOfSetting('timeZone')}
        description={words.zoneHint}
        data={zones}
        searchable
        limit={100}
        allowDeselect={false}
        nothingFoundMessage={words.noZone}
        classNames={selectClasses}
      />
      <SettingsEnd {...of} />
    </form>
  )
}

/** Those that the browser knows, and the one that is set, which it may call otherwise. */
const zonesWith = (zone: string): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zone])].sort()
