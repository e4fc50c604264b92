package demo

import "strings"

// vertical is a line of business and the words that its advertising uses.
type vertical struct {
	nouns     []string // end a firm's name
	themes    []string // what is advertised
	interests []string
	keywords  []string
	titles    []string // of pins; %s is the theme
	rejection string   // the usual reason
}

// list cuts "a|b|c" into its items.
func list(s string) []string { return strings.Split(s, "|") }

// verticals returns the lines of business. Index 0 is that of the first
// advertiser.
func verticals() []vertical {
	return []vertical{
		{
			nouns:     list("Outdoor|Trail Co.|Mountain Goods|Expedition Supply"),
			themes:    list("Hiking Boots|Ultralight Tents|Down Jackets|Camp Kitchen|Trail Running|Rain Shells|Daypacks|Sleeping Bags|Merino Base Layers|Climbing Gear|Kids Outdoor|National Parks Guide"),
			interests: list("Hiking|Camping|Trail running|National parks|Van life|Climbing|Fly fishing|Backpacking|Outdoor fashion"),
			keywords:  list("hiking boots women|ultralight tent|camping checklist|rain jacket|backpacking meals|trail running shoes|merino base layer|camping with kids|national park road trip"),
			titles:    list("%s: field-tested favorites|%s, tested on 200 miles of trail|Pack light: %s|Weekend ready: %s|Made to last: %s|Buying guide: %s|Field notes: %s"),
			rejection: "IMAGE_LOW_QUALITY",
		},
		{
			nouns:     list("Home|Living|Interiors|House & Hearth"),
			themes:    list("Linen Bedding|Sofas|Dining Tables|Wall Art|Rugs|Lighting|Small Space Storage|Ceramics|Curtains|Entryway|Bathroom Refresh|Reading Nook"),
			interests: list("Home decor|Small spaces|Scandinavian interiors|DIY home|Bedroom ideas|Lighting|Rental friendly|Mid-century modern"),
			keywords:  list("linen bedding|small living room ideas|boho rug|dining table round|wall art set|entryway storage|cosy bedroom|warm lighting"),
			titles:    list("A calmer home: %s|%s for small spaces|Before and after: %s|%s, room by room|The %s edit|Soft, warm, yours: %s"),
			rejection: "LANDING_PAGE_BROKEN",
		},
		{
			nouns:     list("Apparel|Clothing Co.|Threads|Wardrobe"),
			themes:    list("Linen Dresses|Denim|Knitwear|Swimwear|Workwear|Sneakers|Capsule Wardrobe|Occasion Dresses|Plus Size|Activewear|Accessories|Outerwear"),
			interests: list("Women's fashion|Capsule wardrobe|Street style|Sustainable fashion|Work outfits|Swimwear|Sneakers|Plus size style"),
			keywords:  list("linen dress|capsule wardrobe|wide leg jeans|wedding guest dress|office outfits women|knit cardigan|summer outfits|swimsuit"),
			titles:    list("Outfit formula: %s|%s, five ways|What we wear on repeat: %s|New in: %s|%s for real life|Style notes: %s"),
			rejection: "PROHIBITED_PRODUCT",
		},
		{
			nouns:     list("Beauty|Skin|Botanics|Cosmetics"),
			themes:    list("Vitamin C Serum|Clean Makeup|Hair Care|Sunscreen|Night Routine|Lip Colour|Body Care|Fragrance|Curly Hair|Gift Sets|Acne Care|Nail Colour"),
			interests: list("Skincare|Clean beauty|Makeup tutorials|Curly hair|Nail art|Self care|Fragrance|Natural hair"),
			keywords:  list("vitamin c serum|skincare routine|clean makeup|curly hair care|nail ideas|face sunscreen|glowy skin|lip tint"),
			titles:    list("In two minutes: %s|%s for sensitive skin|Glow guide: %s|%s, ranked|Before bed: %s|The %s starter set"),
			rejection: "CLICKBAIT",
		},
		{
			nouns:     list("Kitchen|Pantry|Food Hall|Provisions"),
			themes:    list("Weeknight Dinners|Cast Iron|Spice Sets|Baking|Coffee|Meal Kits|Knives|Picnic|Holiday Baking|Lunch Boxes|Preserves|Cheese Boards"),
			interests: list("Easy recipes|Baking|Coffee|Meal prep|Vegetarian|Entertaining|Bread making|Holiday cooking"),
			keywords:  list("easy dinner recipes|cast iron skillet|sourdough starter|meal prep ideas|cheese board|coffee station|cookie recipes|lunch box ideas"),
			titles:    list("%s in 20 minutes|The list everyone asks for: %s|%s: seven ideas for this week|From our kitchen: %s|%s made simple|Save for Sunday: %s"),
			rejection: "IMAGE_LOW_QUALITY",
		},
		{
			nouns:     list("Gardens|Nursery|Seeds|Greenhouse"),
			themes:    list("Raised Beds|Spring Bulbs|Indoor Plants|Patio Furniture|Herb Garden|Native Perennials|Balcony Garden|Tools|Greenhouses|Roses|Compost|Garden Lighting"),
			interests: list("Gardening|Indoor plants|Balcony garden|Vegetable garden|Landscaping|Cottage garden|Patio ideas|Native plants"),
			keywords:  list("raised garden beds|indoor plants low light|balcony garden ideas|herb garden|patio furniture|perennial garden|garden lighting|rose care"),
			titles:    list("Start now: %s|%s for beginners|A weekend project: %s|%s on a balcony|Month by month: %s|What to know: %s"),
			rejection: "LANDING_PAGE_BROKEN",
		},
		{
			nouns:     list("Kids|Little Ones|Playroom|Toy Works"),
			themes:    list("Wooden Toys|Nursery|School Bags|Rainy Day Crafts|Baby Clothes|Birthday Parties|Bunk Beds|Books|Costumes|Strollers|Bath Time|Learning Games"),
			interests: list("Nursery ideas|Kids crafts|Toddler activities|Birthday parties|Montessori|Baby shower|Kids rooms|School lunch"),
			keywords:  list("nursery ideas|wooden toys|toddler activities|birthday party ideas|kids room storage|baby shower gifts|rainy day crafts|school bag"),
			titles:    list("%s they will not outgrow|Screen-free: %s|A calm morning: %s|%s by age|Made to be handed down: %s|%s for busy parents"),
			rejection: "CLICKBAIT",
		},
		{
			nouns:     list("Pets|Paws|Pet Supply|Companions"),
			themes:    list("Dog Beds|Puppy Starter|Cat Furniture|Natural Treats|Harnesses|Grooming|Aquariums|Senior Dogs|Travel Crates|Toys|Subscription Box|Raincoats"),
			interests: list("Dogs|Cats|Puppy training|Pet DIY|Aquariums|Dog friendly travel|Cat furniture|Pet photography"),
			keywords:  list("dog bed large|puppy checklist|cat shelves|dog treats homemade|dog raincoat|aquascape|dog harness|cat toys"),
			titles:    list("%s, picked by pets|New at home? Start here: %s|%s, vet approved|Happy tails: %s|%s for small flats|Quiet comfort: %s"),
			rejection: "IMAGE_LOW_QUALITY",
		},
		{
			nouns:     list("Travel|Journeys|Stays|Escapes"),
			themes:    list("City Breaks|Island Escapes|Family Cabins|Rail Journeys|Ski Weeks|Honeymoons|Carry-on Luggage|Road Trips|Solo Travel|Spa Hotels|Wine Country|Northern Lights"),
			interests: list("Travel|Bucket list|Road trips|Solo travel|Beach vacation|Packing lists|Honeymoon|Cabins"),
			keywords:  list("weekend getaway|packing list carry on|honeymoon destinations|road trip itinerary|family cabin|northern lights trip|spa hotel|island vacation"),
			titles:    list("48 hours: %s|%s before everyone else goes|What to pack: %s|%s on a budget|The slow guide: %s|Where next? %s"),
			rejection: "CLICKBAIT",
		},
		{
			nouns:     list("Fitness|Movement|Yoga Studio|Wellness"),
			themes:    list("Yoga Mats|Home Gym|Running Plans|Protein Snacks|Recovery|Pilates|Cycling|Sleep|Meditation App|Resistance Bands|Leggings|Marathon Season"),
			interests: list("Yoga|Home workouts|Running|Pilates|Healthy snacks|Meditation|Cycling|Sleep hygiene"),
			keywords:  list("yoga for beginners|home gym ideas|pilates workout|10k training plan|healthy snacks|evening routine|resistance band workout|leggings"),
			titles:    list("Ten minutes a day: %s|%s for beginners|Your week: %s|%s without the noise|Reset: %s|Feel stronger: %s"),
			rejection: "PROHIBITED_PRODUCT",
		},
		{
			nouns:     list("Makers|Craft Supply|Paper Co.|Workshop"),
			themes:    list("Watercolour Sets|Embroidery Kits|Gift Wrap|Planners|Crochet|Sewing Patterns|Candle Making|Calligraphy|Scrapbooking|Woodworking|Stickers|Pottery at Home"),
			interests: list("Crafts|Embroidery|Crochet|Watercolour|Journaling|Sewing|Candle making|Paper crafts"),
			keywords:  list("embroidery patterns|crochet for beginners|watercolour ideas|planner stickers|gift wrapping ideas|sewing patterns free|candle making|bullet journal"),
			titles:    list("Start this weekend: %s|%s, step by step|Slow evenings: %s|Free guide: %s|%s for beginners|On the desk: %s"),
			rejection: "LANDING_PAGE_BROKEN",
		},
		{
			nouns:     list("Jewelry|Weddings|Bridal|Celebrations"),
			themes:    list("Engagement Rings|Wedding Dresses|Table Settings|Bridesmaids|Invitations|Bouquets|Lab Diamonds|Wedding Favors|Guest Dresses|Rehearsal Dinner|Gold Hoops|Honeymoon Edit"),
			interests: list("Wedding planning|Engagement rings|Bridal style|Table decor|Bouquets|Gold jewelry|Wedding invitations|Bridesmaids"),
			keywords:  list("engagement ring oval|wedding table setting|bridesmaid dresses|wedding invitations|bouquet ideas|gold hoops|garden wedding|wedding favors"),
			titles:    list("For the yes: %s|%s worth keeping|Real weddings: %s|%s, quietly perfect|The planner's guide: %s|Made for the day: %s"),
			rejection: "PROHIBITED_PRODUCT",
		},
	}
}

// firms returns the first words of made-up firms.
func firms() []string {
	return list("Larkspur|Bramble & Birch|Saltmarsh|Copperfield Lane|Juniper Row|Old Quay|Fable & Fern|Harbor Light|Tern Island|Wren & Willow|" +
		"Maple Hollow|Kestrel|Bluebell Yard|Stonecrop|Marigold|Foxglove|Alder Creek|Pebble & Pine|Lantern Street|Thistledown|" +
		"Cinder & Oak|Rosefield|Hazelmere|Sandpiper|Orchard Lane|Velvet Moth|Moss & Meadow|Goldfinch|River Bend|Clover Hill|" +
		"Sunday Best|Little Comet|Paper Lantern|Amber Bay|Nettle & Rye|Quiet Hours|Palomino|Saffron Gate|Blue Heron|Tidewater|" +
		"Ivory Coast Road|Plum Tree|Wild Sorrel|North Pier|Fernhill|Granary|Honeycomb|Lupine|Ember & Ash|Cobalt Door|" +
		"Peregrine|Silver Birch|Dovecote|Mulberry|Chalk Hill|Sea Glass|Winterberry|Red Barn|Aster|Cloudberry|" +
		"Pine Street|Magnolia Court|Swallowtail|Hearthstone|Oat & Honey|Tamarack|Lavender Field|Brass Key|Acorn|Seven Oaks|" +
		"Poppy & Stem|Drift|Evergreen|Starling|Violet Hour|Heath|Cedar Point|Daybreak|Morningside|Verbena")
}

// audiences returns whom campaigns and ad groups speak to.
func audiences() []string {
	return list("Prospecting|Retargeting 30d|Lookalike 3%|Past Buyers|Broad|Cart Abandoners|Newsletter|Interest Stack|Keyword|Engaged Viewers")
}

// hooks returns what tells ads of one group apart.
func hooks() []string {
	return list("Lifestyle|Product Close-up|UGC|Offer 15%|Free Shipping|Top Rated|Behind the Scenes|How-to|Carousel Story|Testimonial|New Arrival|Last Chance|Bundle|Gift Idea|Before/After")
}

// people returns the names of those who work with the accounts besides the
// first user.
func people() []string {
	return list("Maya Lindqvist|Tomás Herrera|Priya Raman|Jonas Weber|Aiko Mori")
}
