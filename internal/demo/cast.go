package demo

import "math"

// casting is who an advertiser is.
type casting struct {
	name     string
	country  string
	currency string
	timeZone string
	vertical int
	disabled bool
	south    bool
	// campaigns is how many there are.
	campaigns int
	// themes, when not empty, replace those of the vertical: advertisers
	// that write in another language.
	themes []string
	role   role
}

// role is what an advertiser is there to show.
type role int

const (
	extra     role = iota
	lead           // the one that visitors see first
	whale          // the one that is much larger than all others
	bigIDs         // ids that a JSON number cannot hold
	longNames      // names as long as they may be
)

// The forced sizes of the largest advertisers.
const (
	leadCampaigns  = 30
	whaleCampaigns = 2000
)

// cast returns the advertisers that are always there, in the order of their
// ids. Each has something that programs get wrong.
func cast(s Size) []casting {
	second := casting{name: "Meridian Marketplace", country: "US", currency: "USD", timeZone: "America/New_York", vertical: 1, campaigns: 12}
	if s != Small {
		second.campaigns, second.role = whaleCampaigns, whale
	}
	return []casting{
		{name: "Northwind Outdoor", country: "US", currency: "USD", timeZone: "America/Los_Angeles", campaigns: leadCampaigns, role: lead},
		second,
		{
			name: "Käthe & Söhne Wohnen", country: "DE", currency: "EUR", timeZone: "Europe/Berlin", vertical: 1, campaigns: 14, role: longNames,
			themes: list("Leinenbettwäsche|Esstische|Wandregale|Teppiche|Badezimmer|Gartenmöbel|Leuchten|Kinderzimmer"),
		},
		{
			name: "Rangoli Living", country: "IN", currency: "INR", timeZone: "Asia/Kolkata", vertical: 1, campaigns: 9,
			themes: list("Diwali Decor|Block Print Bedding|Brass Lamps|Festive Sarees|Monsoon Home|दीवाली उपहार|Kurta Sets|Terracotta"),
		},
		{name: "Coogee Swim Co.", country: "AU", currency: "AUD", timeZone: "Australia/Sydney", vertical: 2, campaigns: 8, south: true},
		{name: "Island Provisions", country: "AU", currency: "AUD", timeZone: "Australia/Lord_Howe", vertical: 4, campaigns: 5, south: true},
		{name: "Atlas & Ember", country: "US", currency: "USD", timeZone: "America/Chicago", vertical: 4, campaigns: 8, role: bigIDs},
		{
			name: "木漏れ日ホーム", country: "JP", currency: "JPY", timeZone: "Asia/Tokyo", vertical: 1, campaigns: 7,
			themes: list("羽毛布団|北欧の照明|和食器|収納家具|春の新生活|観葉植物|タオルギフト"),
		},
		{
			name: "Casa Ipê Decoração", country: "BR", currency: "BRL", timeZone: "America/Sao_Paulo", vertical: 1, campaigns: 6, south: true,
			themes: list("Sala de Estar|Cozinha Pequena|Varanda|Quarto de Bebê|Área de Serviço|Decoração de Natal"),
		},
		{name: "Juniper Lane Studio", country: "GB", currency: "GBP", timeZone: "Europe/London", vertical: 10},
		{name: "Copper Kettle Kitchen", country: "GB", currency: "GBP", timeZone: "Europe/London", vertical: 4, campaigns: 6, disabled: true},
		{
			name: "בית יסמין – بيت الياسمين", country: "IL", currency: "ILS", timeZone: "Asia/Jerusalem", vertical: 5, campaigns: 5,
			themes: list("עציצים לסלון|גינת תבלינים|أثاث الحديقة|ורדים|تنسيق الزهور"),
		},
		{
			name: "Maison Lavande", country: "FR", currency: "EUR", timeZone: "Europe/Paris", vertical: 3, campaigns: 6,
			themes: list("Soin du visage|Crème solaire|Parfum d’été|Cheveux bouclés|Coffrets cadeaux"),
		},
		{name: "Prairie Paws", country: "CA", currency: "CAD", timeZone: "America/Toronto", vertical: 7, campaigns: 5},
	}
}

// market is a country that made-up advertisers come from.
type market struct {
	weight                      float64
	country, currency, timeZone string
	south                       bool
}

func markets() []market {
	return []market{
		{24, "US", "USD", "America/New_York", false},
		{14, "US", "USD", "America/Chicago", false},
		{18, "US", "USD", "America/Los_Angeles", false},
		{4, "US", "USD", "America/Denver", false},
		{6, "DE", "EUR", "Europe/Berlin", false},
		{4, "FR", "EUR", "Europe/Paris", false},
		{3, "ES", "EUR", "Europe/Madrid", false},
		{2, "NL", "EUR", "Europe/Amsterdam", false},
		{10, "GB", "GBP", "Europe/London", false},
		{5, "CA", "CAD", "America/Toronto", false},
		{4, "JP", "JPY", "Asia/Tokyo", false},
		{3, "BR", "BRL", "America/Sao_Paulo", true},
		{1, "AU", "AUD", "Australia/Sydney", true},
		{.6, "IN", "INR", "Asia/Kolkata", false},
		{.5, "SE", "SEK", "Europe/Stockholm", false},
		{.5, "MX", "MXN", "America/Mexico_City", false},
		{.4, "NZ", "NZD", "Pacific/Auckland", true},
	}
}

// extraCasting makes up advertiser number index, counted from 0.
func extraCasting(d dice, w *words, seed uint64, index int) casting {
	weights := make([]float64, len(w.markets))
	for i, m := range w.markets {
		weights[i] = m.weight
	}
	m := w.markets[d.weighted(weights...)]
	kind := index * 7 % len(w.verticals)
	nouns := w.verticals[kind].nouns
	// 80 firms and 12 verticals repeat together after 240 advertisers; the
	// noun and then the suffix keep names apart from there on.
	suffix := [...]string{"", " Group", " International"}[index/960%3]
	return casting{
		name:      w.firms[index%len(w.firms)] + " " + nouns[index/240%len(nouns)] + suffix,
		country:   m.country,
		currency:  m.currency,
		timeZone:  m.timeZone,
		south:     m.south,
		vertical:  kind,
		campaigns: campaignCount(seed, index),
	}
}

// campaignCount follows a lognormal distribution, median 6 and sigma 1.2. Its
// quantiles are taken evenly rather than by chance, so that the total hardly
// depends on the seed.
func campaignCount(seed uint64, index int) int {
	const golden = 0.6180339887498949
	_, quantile := math.Modf(float64(scramble(seed)>>11)/(1<<53) + float64(index)*golden)
	quantile = min(max(quantile, .003), .997) // one giant more or less would change the total
	n := 6 * math.Exp(1.2*math.Sqrt2*math.Erfinv(2*quantile-1))
	return min(max(int(n), 1), whaleCampaigns)
}

// money is what a currency does to amounts thought of in US dollars.
type money struct {
	rate  float64 // units per US dollar
	minor float64 // micros of the smallest amount that can be paid
	floor float64 // the least price of 1,000 impressions, in units
}

func moneyOf(currency string) money {
	const cent = 10_000
	switch currency {
	case "EUR":
		return money{.92, cent, 1.00}
	case "GBP":
		return money{.79, cent, 1.40}
	case "CAD":
		return money{1.37, cent, 2.00}
	case "AUD":
		return money{1.52, cent, 2.10}
	case "NZD":
		return money{1.66, cent, 2.20}
	case "JPY":
		return money{152, 1_000_000, 300}
	case "BRL":
		return money{5.4, cent, 10}
	case "INR":
		return money{84, cent, 160}
	case "ILS":
		return money{3.7, cent, 7}
	case "SEK":
		return money{10.5, cent, 20}
	case "MXN":
		return money{18.5, cent, 36}
	}
	return money{1, cent, 2.00}
}

// micros returns an amount thought of in US dollars in micros of the
// currency, rounded to what can be paid.
func (m money) micros(dollars float64) int64 {
	return int64(math.Round(dollars*m.rate*1e6/m.minor) * m.minor)
}

// budget returns micros near an amount in US dollars, rounded the way people
// choose budgets.
func (m money) budget(dollars float64) int64 {
	units := max(dollars, 1) * m.rate
	scale := math.Pow(10, math.Floor(math.Log10(units)))
	steps := [...]float64{1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7.5, 8, 9, 10}
	best := steps[0]
	for _, s := range steps {
		if math.Abs(units-s*scale) < math.Abs(units-best*scale) {
			best = s
		}
	}
	return max(int64(math.Round(best*scale*1e6/m.minor)*m.minor), int64(m.minor))
}
