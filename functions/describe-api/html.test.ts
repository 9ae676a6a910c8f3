import { expect, test } from 'vitest'
import { html, prose, words } from './html.ts'

test.each([
  [html`<p>${'<script>&"\''}</p>`, '<p>&lt;script&gt;&amp;&quot;&#39;</p>'],
  [html`${[html`<b>${1}</b>`, 'a<b', undefined]}`, '<b>1</b>a&lt;b'],
  [words('say `<x>` twice'), 'say <code>&lt;x&gt;</code> twice'],
  [prose('one\n\ntwo'), '<p>one</p><p>two</p>'],
])('%#', (made, text) => expect(made.text).toBe(text))
