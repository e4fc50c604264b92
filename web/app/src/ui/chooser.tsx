// The presets and the calendar of the date range.
import { parseDate, today, type CalendarDate } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import {
  Button as AriaButton,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
  ListBox,
  ListBoxItem,
  RangeCalendar,
} from 'react-aria-components'
import * as f from '../lib/format'
import { compareNames, rangeNames, ranges, type Compare, type Preset } from '../lib/range'
import type { Patch } from '../lib/search'
import { Button } from './kit'
import type { Context } from './range'

export default function Chooser(p: { patch: Patch; preset: Preset | null; compare: Compare; zone: string; context: Context | null; plain?: boolean; close: () => void }) {
  const last = today(p.zone)
  const [value, setValue] = useState<{ start: CalendarDate; end: CalendarDate } | null>(
    p.context ? { start: parseDate(p.context.from), end: parseDate(p.context.to) } : null,
  )
  const [compare, setCompare] = useState(p.compare)
  const [preset, setPreset] = useState(p.preset)
  const apply = (next: Preset | null, days = value) => {
    p.patch({
      range: next && next !== 'LAST_30_DAYS' ? next : undefined,
      from: next ? undefined : days?.start.toString(),
      to: next ? undefined : days?.end.toString(),
      compare: compare === 'previous' ? undefined : compare,
    })
    p.close()
  }
  return (
    <div className="range">
      <ListBox
        className="menu"
        aria-label="Presets"
        selectionMode="single"
        autoFocus
        selectedKeys={preset ? [preset] : []}
        onAction={(k) => apply(k as Preset)}
        onSelectionChange={(keys) => {
          const [k] = [...(keys as Set<string>)]
          if (k) apply(k as Preset)
        }}
      >
        {ranges.map((r) => (
          <ListBoxItem key={r} id={r}>
            {rangeNames[r]}
          </ListBoxItem>
        ))}
      </ListBox>
      <div className="side">
        <RangeCalendar
          className="cal"
          aria-label="Days"
          maxValue={last}
          value={value}
          onChange={(v) => {
            setValue(v as { start: CalendarDate; end: CalendarDate })
            setPreset(null)
          }}
        >
          <header>
            <AriaButton slot="previous" className="btn quiet small icon">
              <ChevronLeft className="i" aria-hidden />
            </AriaButton>
            <Heading level={2} />
            <AriaButton slot="next" className="btn quiet small icon">
              <ChevronRight className="i" aria-hidden />
            </AriaButton>
          </header>
          <CalendarGrid>
            <CalendarGridHeader>{(d) => <CalendarHeaderCell>{d}</CalendarHeaderCell>}</CalendarGridHeader>
            <CalendarGridBody>{(d) => <CalendarCell date={d} />}</CalendarGridBody>
          </CalendarGrid>
        </RangeCalendar>
        {p.plain ? null : (
          <label className="field">
            <span className="label">Compare with</span>
            <select className="input" value={compare} onChange={(e) => setCompare(e.target.value as Compare)}>
              {(Object.keys(compareNames) as Compare[]).map((c) => (
                <option key={c} value={c}>
                  {compareNames[c]}
                </option>
              ))}
            </select>
          </label>
        )}
        <p className="muted" style={{ fontSize: 12.5 }}>Days of the account’s zone, {f.zoneName(p.zone)}.</p>
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button small onPress={p.close}>
            Cancel
          </Button>
          <Button small look="primary" onPress={() => apply(preset)}>
            Apply
          </Button>
        </div>
      </div>
    </div>
  )
}
