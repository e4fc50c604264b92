package demo

import "math"

// firstBigID is the least whole number that a JSON number of JavaScript cannot
// tell from its neighbour.
const firstBigID = 1<<53 + 1

// ids counts rows, or numbers the next ones.
type ids struct{ campaign, adGroup, pin, ad int64 }

func (n ids) plus(m ids) ids {
	return ids{n.campaign + m.campaign, n.adGroup + m.adGroup, n.pin + m.pin, n.ad + m.ad}
}

// shape is how much there is below a campaign. Shapes are drawn ahead of
// everything else, so that ids are known without making the advertisers before.
type shape struct {
	ads []int // per ad group
	// pins is how many pins there are; sharesPins is true when each ad group
	// shows the same ones to other people.
	pins       int
	sharesPins bool
}

// shapesOf draws what an advertiser has below each campaign.
func shapesOf(d dice, c casting) []shape {
	shapes := make([]shape, c.campaigns)
	for i := range shapes {
		s := &shapes[i]
		groups := min(70, 1+int(1.6*d.ExpFloat64()))
		if c.role == lead {
			groups = d.days(2, 4)
		}
		most, total := 0, 0
		for range groups {
			ads := min(50, max(1, int(math.Round(d.lognormal(3, .7)))))
			if c.role == lead {
				ads = d.days(3, 6)
			}
			s.ads = append(s.ads, ads)
			most, total = max(most, ads), total+ads
		}
		s.sharesPins = d.chance(.5)
		s.pins = total
		if s.sharesPins {
			s.pins = most
		}
	}
	return shapes
}

// sizeOf adds up shapes.
func sizeOf(shapes []shape) ids {
	n := ids{}
	for _, s := range shapes {
		n.campaign++
		n.adGroup += int64(len(s.ads))
		n.pin += int64(s.pins)
		for _, ads := range s.ads {
			n.ad += int64(ads)
		}
	}
	return n
}
