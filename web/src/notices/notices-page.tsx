import { useQuery } from '@tanstack/react-query'
import { useMay } from '../people/account-context.ts'
import { ChoicesForm } from './choices-form.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import classes from './notices-page.module.css'
import { webhooksQuery } from './requests.ts'
import { Webhooks } from './webhooks.tsx'
import { words } from './words.ts'

/** What one is told, by what and when; where the merchant has it posted; what came of it. */
export function NoticesPage() {
  const mayChange = useMay('settings:change')
  const webhooks = useQuery({ ...webhooksQuery, enabled: mayChange })
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{words.title}</h1>
        <p>{words.about}</p>
      </header>
      <ChoicesForm />
      {mayChange && <Webhooks asked={webhooks} />}
      <DeliveryLog webhooks={webhooks.data?.items ?? []} />
    </div>
  )
}
