import { Switch } from '@mantine/core'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import people from '../people/people.module.css'
import { fieldOf, restockNames, type Settings } from './prepare-settings.ts'
import { nameOfSetting } from './setting-names.ts'
import { SettingsEnd } from './settings-end.tsx'
import classes from './settings-page.module.css'
import { useSettingsForm } from './use-settings-form.ts'
import { words } from './words.ts'

type Props = { readonly state: PanelState; readonly settings: Settings }

/** What becomes of goods that come back, by reason. */
export function ReturnsPanel({ state, settings }: Props) {
  const mayChange = useMay('settings:change')
  const names = restockNames(settings)
  return (
    <Panel id="returns" title={words.returns} about={words.returnsAbout} state={state}>
      {mayChange ? (
        <ReturnsForm settings={settings} names={names} />
      ) : (
        <dl className={classes.facts}>
          {names.map((name) => (
            <div key={name}>
              <dt>{nameOfSetting(name)}</dt>
              <dd>{settings.get(name)?.value === true ? words.forSale : words.notForSale}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}

function ReturnsForm({ settings, names }: { readonly settings: Settings; readonly names: readonly string[] }) {
  const of = useSettingsForm(settings, names)
  const { form } = of
  return (
    <form className={people.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
      <ul className={classes.switches}>
        {names.map((name) => (
          <li key={name}>
            <Switch
              name={name}
              label={nameOfSetting(name)}
              description={form.values[fieldOf(name)] === true ? words.forSale : words.notForSale}
              checked={form.values[fieldOf(name)] === true}
              error={form.errorOf(fieldOf(name))}
              labelPosition="left"
              classNames={{ root: classes.switch!, body: classes.switchBody!, description: classes.light! }}
              onChange={(event) => form.set(fieldOf(name), event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
      <SettingsEnd {...of} />
    </form>
  )
}
