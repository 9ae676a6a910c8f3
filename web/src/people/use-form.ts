import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useNow } from '../reach/use-now.ts'
import { prepareRefusal, type Refusal } from './prepare-refusal.ts'

type Options<T> = {
  /** What the fields are called in a sentence, by their names. */
  readonly labels: Readonly<Record<string, string>>
  /** Fields of the engine's, by this form's name for them. */
  readonly aliases?: Readonly<Record<string, string>>
  /** These must not be empty. */
  readonly required?: readonly string[]
  /** What else is wrong before it is sent, by field. */
  readonly check?: () => Readonly<Record<string, string>>
  readonly send: (fields: (name: string) => string) => Promise<T>
  readonly onDone?: (answer: T) => unknown
  /** Where the focus goes when no field is at fault. */
  readonly focusIfRefused?: string
}
export type Form = {
  readonly ref: RefObject<HTMLFormElement | null>
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void
  readonly refusal: Refusal
  readonly error: Error | null
  readonly busy: boolean
  /** Seconds until it may be sent again; 0: now. */
  readonly waitSeconds: number
  readonly reset: () => void
}

const NOTHING: Refusal = { fields: {}, message: '', waitSeconds: null }

/** A form that sends what stands in its fields, and says at each field what is wrong with it. */
export function useForm<T>({ labels, aliases, required = [], check, send, onDone, focusIfRefused }: Options<T>): Form {
  const ref = useRef<HTMLFormElement>(null)
  const [faults, setFaults] = useState<Refusal | null>(null)
  const [refusedAt, setRefusedAt] = useState(0)
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: send,
    onError: () => setRefusedAt(Date.now()),
    ...(onDone !== undefined && { onSuccess: (answer: T) => void onDone(answer) }),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names of fields never change
  const refusal = useMemo(
    () => faults ?? (error === null ? NOTHING : prepareRefusal(error, labels, aliases)),
    [faults, error],
  )
  useFocusOnRefusal(ref, refusal, focusIfRefused)
  const waitSeconds = useWait(refusal.waitSeconds, refusedAt)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isPending || waitSeconds > 0) return
    const data = new FormData(event.currentTarget)
    const fields = (name: string) => String(data.get(name) ?? '').trim()
    const empty = required.filter((name) => String(data.get(name) ?? '') === '')
    const wrong = { ...missingIn(empty, labels), ...check?.() }
    setFaults(Object.keys(wrong).length === 0 ? null : { ...NOTHING, fields: wrong })
    if (Object.keys(wrong).length > 0) return
    // A password begins and ends where its person says.
    mutate((name) => (/password/i.test(name) ? String(data.get(name) ?? '') : fields(name)))
  }
  const startAgain = () => {
    setFaults(null)
    reset()
  }
  return { ref, onSubmit, refusal, error, busy: isPending, waitSeconds, reset: startAgain }
}

const missingIn = (empty: readonly string[], labels: Readonly<Record<string, string>>) =>
  Object.fromEntries(empty.map((name) => [name, `${labels[name] ?? name} is missing`]))

/** The first field that is at fault gets the focus. */
function useFocusOnRefusal(form: RefObject<HTMLFormElement | null>, refusal: Refusal, otherwise: string | undefined) {
  useEffect(() => {
    if (refusal === NOTHING) return
    const atFault = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const other = otherwise === undefined ? null : form.current?.querySelector<HTMLElement>(`[name="${otherwise}"]`)
    const field = atFault ?? other
    field?.focus()
    if (field instanceof HTMLInputElement) field.select()
  }, [form, refusal, otherwise])
}

/** Counts down. */
function useWait(seconds: number | null, fromMs: number): number {
  const nowMs = useNow()
  if (seconds === null) return 0
  return Math.max(0, Math.ceil((fromMs + seconds * 1000 - Math.max(nowMs, fromMs)) / 1000))
}
