import { useMutation, useQueryClient } from '@tanstack/react-query'
import classes from './notices-page.module.css'
import { sendTest, type TestOf } from './requests.ts'
import { words } from './words.ts'

/** Sends a test by one way, and says what came of it. */
export function TestButton({ of, name }: { readonly of: TestOf; readonly name: string }) {
  const client = useQueryClient()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => sendTest(of),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices', 'deliveries'] }),
  })
  const isBad = error !== null || (data !== undefined && data.status !== 'taken')
  return (
    <>
      <button
        type="button"
        className={classes.button}
        aria-label={words.testOf(name)}
        disabled={isPending}
        onClick={() => mutate()}
      >
        {words.test}
      </button>
      <p role="status" className={classes.outcome} data-bad={isBad || undefined}>
        {error !== null ? words.testFailed(error.message) : data === undefined ? '' : words.testDone(data)}
      </p>
    </>
  )
}
