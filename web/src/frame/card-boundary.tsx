import { Component, type ReactNode } from 'react'
import classes from './card-boundary.module.css'
import { words } from './words.ts'

type Props = {
  readonly name: string
  /** A card stands around it already. */
  readonly inPanel?: boolean
  readonly children: ReactNode
}

/** A defect in one part of the page leaves the others standing, and is said where it is. */
export class CardBoundary extends Component<Props, { readonly error: Error | null }> {
  override state = { error: null as Error | null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <section className={this.props.inPanel ? classes.inside : classes.card} role="alert">
        <p>{words.broken(this.props.name)}</p>
        <p className={classes.why}>{error.message}</p>
        <button type="button" className={classes.again} onClick={() => this.setState({ error: null })}>
          {words.tryAgain}
        </button>
      </section>
    )
  }
}
