package demo

import (
	"fmt"
	"time"
)

// HistoryDays is how many days of facts lie before today.
const HistoryDays = 400

const (
	// reportingDelay is how long delivery takes to be counted.
	reportingDelay = 3 * time.Hour
	// conversionDelay is how long after a day its conversions are counted.
	conversionDelay = 37 * time.Hour
)

// calendar is an advertiser's days. They are numbered: 0 is the first with
// facts, today is HistoryDays, later ones are in the future.
type calendar struct {
	zone     *time.Location
	now      time.Time
	dataAsOf time.Time
	today    int
	year     int // of day 0
	month    time.Month
	date     int
	days     []calendarDay // 0..today
	// recentHours is the hours of today, [0], and of the days before it.
	recentHours [hourDays][]hour
	// finalDelivery and finalConversion are the last days that no longer
	// change.
	finalDelivery   int
	finalConversion int
}

// calendarDay is what the facts of a day depend on.
type calendarDay struct {
	text string
	// demand is the season's level of spend, price that of what an
	// impression costs; both around 1.
	demand, price float64
	// share is how much of the day is counted: 1 before today.
	share float64
}

func newCalendar(timeZone string, now time.Time) (*calendar, error) {
	zone, err := time.LoadLocation(timeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	first := now.In(zone).AddDate(0, 0, -HistoryDays)
	c := &calendar{
		zone: zone, now: now, today: HistoryDays,
		year: first.Year(), month: first.Month(), date: first.Day(),
		dataAsOf: now.Add(-reportingDelay).UTC().Truncate(time.Hour),
	}
	for day := range c.today + 1 {
		start, end := c.at(day, 0), c.at(day+1, 0)
		season := monthLevel(start)
		share := float64(c.dataAsOf.Sub(start)) / float64(end.Sub(start))
		c.days = append(c.days, calendarDay{
			text:   c.text(day),
			demand: season * weekdayLevel(start.Weekday()),
			price:  season,
			share:  min(1, max(0, share)),
		})
		if share >= 1 {
			c.finalDelivery = day
		}
		if !end.Add(conversionDelay).After(now) {
			c.finalConversion = day
		}
	}
	for back := range c.recentHours {
		c.recentHours[back] = c.hours(c.today - back)
	}
	return c, nil
}

// at returns an hour of a day. Hours that a change of the clocks skips are
// moved on.
func (c *calendar) at(day, hour int) time.Time {
	return time.Date(c.year, c.month, c.date+day, hour, 0, 0, 0, c.zone)
}

// text returns a day as "2006-01-02".
func (c *calendar) text(day int) string {
	return time.Date(c.year, c.month, c.date+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// past returns t, or an instant shortly before now when t is later than that.
func (c *calendar) past(t time.Time) time.Time {
	if latest := c.now.Add(-10 * time.Minute); t.After(latest) {
		return latest.UTC().Truncate(time.Second)
	}
	return t.UTC()
}

func weekdayLevel(d time.Weekday) float64 {
	return [...]float64{1.07, .97, .97, .98, 1.00, .98, 1.03}[d]
}

func monthLevel(t time.Time) float64 {
	if t.Month() == time.December && t.Day() > 21 {
		return .80
	}
	return [...]float64{.75, .82, .92, .88, .95, 1.00, .93, .93, 1.02, 1.00, 1.25, 1.30}[t.Month()-1]
}

// season names the time of year that advertising on a day is about, in the
// northern or the southern half of the world.
func season(t time.Time, south bool) string {
	switch {
	case t.Month() == time.November && t.Day() >= 20:
		return "Black Friday"
	case t.Month() == time.December && t.Day() <= 26:
		return "Holiday"
	case t.Month() == time.February && t.Day() <= 14:
		return "Valentine's"
	}
	month := int(t.Month()) - 1
	if south {
		month = (month + 6) % 12
	}
	return [...]string{
		"Winter", "Winter", "Spring", "Spring", "Spring", "Summer",
		"Summer", "Summer", "Early Autumn", "Autumn", "Autumn", "Winter",
	}[month]
}
