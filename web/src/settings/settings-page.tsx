import { useQuery } from '@tanstack/react-query'
import { CopyLine } from '../frame/copy-line.tsx'
import { PageBody } from '../frame/page-body.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { Panel } from '../panel/panel.tsx'
import { type PanelState, panelStateOf } from '../panel/panel-state.ts'
import { ALERTS, NOTICES } from '../paths.ts'
import { useAccount, useMay } from '../people/account-context.ts'
import { wordsOfRole } from '../people/role-words.ts'
import { MerchantPanel } from './merchant-panel.tsx'
import { NumbersPanel } from './numbers-panel.tsx'
import { PlacePanel } from './place-panel.tsx'
import { prepareKept, prepareThresholds, type Settings, settingsIn, type Unit } from './prepare-settings.ts'
import { settingsQuery } from './requests.ts'
import { ReturnsPanel } from './returns-panel.tsx'
import classes from './settings-page.module.css'
import { words } from './words.ts'

/** Who runs the engine tries it out with this one. */
const DEMO_MERCHANT = 'demo'

type Numbers = readonly { readonly name: string; readonly unit: Unit }[]
const ORDERS: Numbers = [
  { name: 'reorderReviewDays', unit: 'days' },
  { name: 'reorderCycleDays', unit: 'days' },
  { name: 'supplierLeadDays', unit: 'days' },
  { name: 'shelfCapacityUnits', unit: 'units' },
  { name: 'reorderBudgetMinor', unit: 'money' },
]
const LEVELS: Numbers = [...'ABC'].flatMap((value) =>
  [...'XYZ'].map((steadiness) => ({ name: `serviceLevel.${value}${steadiness}`, unit: 'percent' as const })),
)
const LAKE: Numbers = [
  { name: 'rawRetentionDays', unit: 'days' },
  { name: 'trainOnDrift', unit: 'switch' },
]

/** What the merchant decided, and where the rest is decided. */
export function SettingsPage() {
  const answer = useQuery(settingsQuery)
  const { merchantId, role } = useAccount()
  const mayChange = useMay('settings:change')
  const mayReadAlerts = useMay('figures:read')
  const state = panelStateOf(answer)
  const settings = settingsIn(answer.data ?? { settings: [] })
  return (
    <PageBody title={words.title} about={mayChange ? words.about : words.readOnly(wordsOfRole(role).name)} narrow>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <MerchantPanel />
          <ReturnsPanel state={state} settings={settings} />
          <NumbersPanel
            {...{ state, settings, fields: LAKE }}
            id="models"
            title={words.models}
            about={words.modelsAbout}
          />
          <NumbersPanel
            {...{ state, settings, fields: LEVELS }}
            id="levels"
            title={words.levels}
            about={words.levelsAbout}
            grid
          />
        </div>
        <div className={classes.stack}>
          <PlacePanel state={state} settings={settings} />
          <Thresholds state={state} settings={settings} mayReadAlerts={mayReadAlerts} />
          <NumbersPanel
            {...{ state, settings, fields: ORDERS }}
            id="orders"
            title={words.orders}
            about={words.ordersAbout}
          />
          <Panel id="notices" title={words.notices}>
            <p className={classes.light}>{words.noticesWhy}</p>
            <PageLink className={classes.link} to={NOTICES}>
              {words.toNotices}
            </PageLink>
          </Panel>
          {merchantId === DEMO_MERCHANT && mayChange && <Demo />}
        </div>
      </div>
      <Panel id="kept" title={words.kept} about={words.keptAbout} state={state} skeleton="table" flush>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.keptWhat}</th>
              <th scope="col">{words.keptLong}</th>
            </tr>
          </thead>
          <tbody>
            {prepareKept(answer.data?.kept ?? []).map(({ id, what, long }) => (
              <tr key={id}>
                <th scope="row">{what}</th>
                <td>{long}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </PageBody>
  )
}

type ThresholdsProps = {
  readonly state: PanelState
  readonly settings: Settings
  readonly mayReadAlerts: boolean
}

const Thresholds = ({ state, settings, mayReadAlerts }: ThresholdsProps) => (
  <Panel id="thresholds" title={words.thresholds} about={words.thresholdsAbout} state={state}>
    <dl className={classes.facts}>
      {prepareThresholds(settings).map(({ name, value, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {more !== '' && <span className={classes.light}>{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
    {mayReadAlerts && (
      <PageLink className={classes.link} to={ALERTS} search={{ tab: 'thresholds' }}>
        {words.toThresholds}
      </PageLink>
    )}
  </Panel>
)

const Demo = () => (
  <Panel id="demo" title={words.demo}>
    <div className={classes.parts}>
      <p>{words.demoWhy}</p>
      <p className={classes.light}>{words.demoHow}</p>
      {words.demoCommands.map((command) => (
        <CopyLine key={command} lines={[command]} />
      ))}
    </div>
  </Panel>
)
