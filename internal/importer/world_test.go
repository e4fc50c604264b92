package importer_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"adsgraph/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m, "importer") }

// world is a warehouse's tables, made up.
type world struct {
	accounts, campaigns, groups, ads, days int
	seed                                   uint64
	// restated is how many of the last days have other numbers.
	restated int
	// viewers adds numbers by viewer of the last days.
	viewers int
}

// reportHeader is that of the report tables.
const reportMeasures = "spend_in_micro_dollar,impression_1,impression_2,clickthrough_1,clickthrough_2,outbound_click_1,repin_1,repin_2,engagement_1,engagement_2," +
	"video_mrc_views_1,video_p_25_combined_1,video_p_50_combined_1,video_p_100_complete_1,total_page_visit,total_signup,total_checkout,total_checkout_value_in_micro_dollar"

type numbers [18]int64

func (n *numbers) add(m numbers) {
	for i := range n {
		n[i] += m[i]
	}
}

// write puts the tables into a directory, and returns how many rows they have.
func (w world) write(t testing.TB, dir string) (rows int) {
	t.Helper()
	files := map[string]*bufio.Writer{}
	line := func(name, header, format string, args ...any) {
		f := files[name]
		if f == nil {
			file, err := os.Create(filepath.Join(dir, name+".csv"))
			if err != nil {
				t.Fatal(err)
			}
			f = bufio.NewWriterSize(file, 1<<20)
			files[name] = f
			_, _ = fmt.Fprintln(f, header) // Flush tells
			t.Cleanup(func() { _ = file.Close() })
		}
		_, _ = fmt.Fprintf(f, format+"\n", args...) // Flush tells
		rows++
	}
	tail := func(n numbers) string {
		b := make([]byte, 0, 100)
		for _, v := range n {
			b = append(b, ',')
			if v != 0 {
				b = fmt.Append(b, v)
			}
		}
		return string(b)
	}
	last := pgtest.Present.Truncate(24*time.Hour).AddDate(0, 0, -1)
	stable, fresh := rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(w.seed, 2))
	const synced, restated = "2026-06-17 04:05:06.789 +0000", "2026-06-17 05:05:06.789 +0000"
	for a := range w.accounts {
		account := fmt.Sprint(549760000000 + a)
		line("advertiser_history", "id,updated_time,_fivetran_synced,country,created_time,currency,name,status", "%s,2025-01-02 03:04:05,%s,US,2024-01-01 00:00:00,USD,Account %d,ACTIVE", account, synced, a)
		for c := range w.campaigns {
			campaign := fmt.Sprint(626740000000 + a*10000 + c)
			for version := range 2 {
				line("campaign_history", "id,created_time,advertiser_id,name,status,objective_type,daily_spend_cap,is_campaign_budget_optimization,_fivetran_synced,updated_time",
					"%s,2024-01-02 00:00:00.000 +0000,%s,\"Campaign, %d.%d\",ACTIVE,CONSIDERATION,%d,false,%s,2025-0%d-02 03:04:05.000 +0000", campaign, account, c, version, 5000000+version, synced, 1+version)
			}
			campaignDays := make([]numbers, w.days)
			for g := range w.groups {
				group := fmt.Sprint(2680060000000 + a*1000000 + c*1000 + g)
				line("ad_group_history", "id,campaign_id,ad_account_id,created_time,name,status,budget_in_micro_currency,pacing_delivery_type,placement_group,_fivetran_synced",
					"%s,%s,%s,2024-01-02 00:00:00.000 +0000,Group %d,ACTIVE,%d,STANDARD,ALL,%s", group, campaign, account, g, 3000000, synced)
				groupDays := make([]numbers, w.days)
				for k := range w.ads {
					ad := fmt.Sprint(687200000000 + a*10000000 + c*100000 + g*100 + k)
					line("pin_promotion_history", "id,ad_group_id,ad_account_id,created_time,name,pin_id,status,creative_type,destination_url,review_status,_fivetran_synced",
						"%s,%s,%s,2024-01-02 00:00:00.000 +0000,Ad %d,%d,ACTIVE,REGULAR,https://example.com/%d,APPROVED,%s", ad, group, account, k, 9000000+a*100000+c*1000+g*10+k, k, synced)
					for d := range w.days {
						i := int64(stable.IntN(5000))
						if i%7 == 0 {
							continue
						}
						n := numbers{i * 1234, i, i / 100, i / 50, i / 900, i / 60, i / 80, i / 700, i / 20, i / 500}
						if k%3 == 0 {
							n[10], n[11], n[12], n[13] = i/3, i/4, i/5, i/9
						}
						if i%4 == 0 {
							n[14], n[15], n[16], n[17] = i/70, i/900, i/400, i/400*25_000_000
						}
						at := synced
						if d >= w.days-w.restated {
							n[0] += int64(fresh.IntN(1000)) + 1
							at = restated
						}
						groupDays[d].add(n)
						line("pin_promotion_report", "date,pin_promotion_id,ad_group_id,campaign_id,ad_account_id,_fivetran_synced,"+reportMeasures, "%s,%s,%s,%s,%s,%s%s",
							last.AddDate(0, 0, d+1-w.days).Format("2006-01-02 15:04:05"), ad, group, campaign, account, at, tail(n))
					}
				}
				for d, n := range groupDays {
					campaignDays[d].add(n)
					day := last.AddDate(0, 0, d+1-w.days).Format("2006-01-02 15:04:05")
					line("ad_group_report", "date,ad_group_id,campaign_id,advertiser_id,_fivetran_synced,"+reportMeasures, "%s,%s,%s,%s,%s%s", day, group, campaign, account, synced, tail(n))
					if d >= w.days-w.viewers {
						for _, v := range []string{"GENDER,FEMALE", "GENDER,MALE", "AGE_BUCKET,18-24", "AGE_BUCKET,25-34", "AGE_BUCKET,35-44", "COUNTRY,US", "APPTYPE,IPHONE", "KEYWORD,boots"} {
							line("ad_group_targeting_report", "date,ad_group_id,campaign_id,advertiser_id,targeting_type,targeting_value,_fivetran_synced,spend_in_micro_dollar,impression_1,clickthrough_1",
								"%s,%s,%s,%s,%s,%s,%d,%d,%d", day, group, campaign, account, v, synced, n[0]/3, n[1]/3, n[3]/3)
						}
					}
				}
			}
			for d, n := range campaignDays {
				line("campaign_report", "date,campaign_id,campaign_name,advertiser_id,_fivetran_synced,"+reportMeasures, "%s,%s,\"Campaign, %d.1\",%s,%s%s",
					last.AddDate(0, 0, d+1-w.days).Format("2006-01-02 15:04:05"), campaign, c, account, synced, tail(n))
			}
		}
	}
	for _, f := range files {
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}
