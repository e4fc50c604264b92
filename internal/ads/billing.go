package ads

import "time"

// The closed vocabularies of billing.
type (
	BillingType     string // CREDIT_CARD, INVOICE, INTERNAL, RECURRING, PREPAID
	BillingStatus   string // VALID, INVALID, PENDING
	InvoiceType     string // INVOICE, CREDIT_MEMO
	InvoiceStatus   string // OPEN, CLOSED
	OrderPaidType   string // PAID, BONUS, MAKE_GOOD, TEST
	OrderLineStatus string // ACTIVE, PAUSED, DELETED
)

// Billing is how an account pays and how it stands. Balance, Threshold and
// CreditLimit are those of the default payment method, nil without one.
type Billing struct {
	Balance     *Money
	Threshold   *Money
	CreditLimit *Money
	// CreditRemaining is what active ad credits still pay for.
	CreditRemaining Money
	// AmountDue is what all open documents bill together.
	AmountDue Money
	Profiles  []BillingProfile
	Credits   []AdCredit
}

// BillingProfile is one way to pay. Its label shows nothing to pay with.
type BillingProfile struct {
	Type      BillingType
	Status    BillingStatus
	Label     string
	ExpiresOn *Day
	IsDefault bool
	// Balance is what was spent and not charged yet or, of PREPAID, what was
	// paid and not spent yet.
	Balance     Money
	Threshold   *Money
	CreditLimit *Money
}

// AdCredit is money that was given to advertise with.
type AdCredit struct {
	Name      string
	Total     Money
	Remaining Money
	IsActive  bool
	ExpiresOn *Day
}

// Invoice is a document that bills, or takes back, what some days cost:
// Billed = Net + Tax - Discount.
type Invoice struct {
	Advertiser  *Advertiser
	ID          int64
	Number      string
	Type        InvoiceType
	Status      InvoiceStatus
	PeriodFirst Day
	PeriodLast  Day
	IssuedOn    Day
	DueOn       Day
	Net         Money
	Tax         Money
	Discount    Money
	Billed      Money
	PaidAt      *time.Time
}

// Ref returns the invoice's id as clients know it.
func (i *Invoice) Ref() Ref { return Ref{LevelInvoice, i.Advertiser.ID, i.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Invoice) IsNode() {}

// OrderLine is advertising that was ordered in advance.
type OrderLine struct {
	Advertiser *Advertiser
	ID         int64
	Name       string
	// Budget is the money that was ordered.
	Budget   Money
	PaidType OrderPaidType
	Status   OrderLineStatus
	StartsOn Day
	EndsOn   *Day
}

// Ref returns the order line's id as clients know it.
func (o *OrderLine) Ref() Ref { return Ref{LevelOrderLine, o.Advertiser.ID, o.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*OrderLine) IsNode() {}
