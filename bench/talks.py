"""Leads, activities, meetings and messages of the accounts."""

#: Clients have leads too, and every account that never bought has one: nothing else proves it.
FUNCTIONS = """
CREATE FUNCTION bench_lead_person(l bigint) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT CASE WHEN mod(l, 7) = 0 AND l / 7 <= %(accounts)s - %(clients)s
                 THEN bench_account(%(clients)s + l / 7 - 1)
                 WHEN bench_part(l, 201) > 0.03 THEN bench_person(l, 202) END';
"""
#: What was said, when, about what and with whom: half of it is Odoo's own log, a quarter are e-mails
#: and comments with somebody of the account. Ids come by date.
TALKS = """
CREATE TABLE bench_talk AS
SELECT x.n, x.kind, x.about, x.kind IN (3, 4) AS ours,
       CASE x.about WHEN 1 THEN %(first_lead)s + x.k - 1 WHEN 2 THEN p.person
                    ELSE %(first_move)s + 6 * x.k - 1 END AS res_id,
       CASE x.about WHEN 1 THEN bench_lead_person(x.k) WHEN 2 THEN p.person
                    ELSE bench_account(x.k - 1) END AS person
  FROM (SELECT n,
               CASE WHEN part < 0.50 THEN 0 WHEN part < 0.60 THEN 1 WHEN part < 0.75 THEN 2
                    WHEN part < 0.90 THEN 3 WHEN part < 0.95 THEN 4 ELSE 5 END AS kind,
               about,
               1 + bench_pick(n, 212, CASE about WHEN 1 THEN %(leads)s ELSE %(clients)s END)::bigint AS k
          FROM (SELECT n, bench_part(n, 210) AS part,
                       CASE WHEN bench_part(n, 211) < 0.45 THEN 1
                            WHEN bench_part(n, 211) < 0.65 THEN 2 ELSE 3 END AS about
                  FROM generate_series(1, %(messages)s::bigint) n) y) x,
       LATERAL (SELECT bench_person(x.n, 213) AS person) p
"""
#: The moment of row ``n`` of ``total``, over the last ``days`` days.
MOMENT = (
    "%(today)s::date - {days} + floor({days}.0 * s.n / {total})::int"
    " + time '08:00' + bench_pick(s.n, 220, 39600) * interval '1 second'"
)
BODY = (
    "'<p>Buenos días:</p><p>' || repeat('Les escribo por el pedido ' || s.n || '. ',"
    " 1 + bench_pick(s.n, 221, 8)) || '</p>'"
)


def load(loader):
    """Insert them, the largest table last."""
    with loader.without_indexes("crm_lead"):
        leads(loader)
    with loader.without_indexes("mail_activity"):
        activities(loader)
    with loader.without_indexes(
        "calendar_event", "calendar_event_res_partner_rel", "calendar_attendee"
    ):
        meetings(loader)
    loader.execute(TALKS)
    with loader.without_indexes("mail_message"):
        messages(loader)
    with loader.without_indexes("mail_notification"):
        notifications(loader)


def leads(loader):
    """Insert leads and opportunities: a quarter won, a third lost.

    In whole euros: Python and PostgreSQL round half a cent of the weighted revenue differently.
    """
    moment = MOMENT.format(days=1095, total="%(leads)s")
    loader.multiply(
        "crm_lead",
        """SELECT n, %(first_lead)s + n - 1 AS id, %(lead)s AS model, bench_lead_person(n) AS person,
                  bench_part(n, 230) < 0.25 AS won, bench_part(n, 230) BETWEEN 0.25 AND 0.6 AS lost,
                  (bench_pick(n, 231, 90) + 5)::float8 AS chance,
                  round(exp(5 + 5 * bench_part(n, 232))::numeric) AS revenue
             FROM generate_series(1, %(leads)s::bigint) n""",
        name="'Oportunidad ' || s.n",
        type="CASE WHEN bench_part(s.n, 233) < 0.8 OR s.won THEN 'opportunity' ELSE 'lead' END",
        partner_id="s.person",
        partner_name="'Cuenta'",
        email_from="'cuenta' || s.n || '@example.com'",
        email_normalized="'cuenta' || s.n || '@example.com'",
        email_domain_criterion="'cuenta' || s.n || '@example.com'",
        user_id="bench_user(s.n)",
        company_id="CASE WHEN bench_part(s.n, 234) < 0.9 THEN %(company)s END",
        stage_id="""CASE WHEN s.won THEN %(won_stage)s
                    ELSE (%(open_stages)s::int[])[1 + bench_pick(s.n, 235, %(stage_count)s)] END""",
        active="NOT s.lost",
        won_status="CASE WHEN s.won THEN 'won' WHEN s.lost THEN 'lost' ELSE 'pending' END",
        probability="CASE WHEN s.won THEN 100 WHEN s.lost THEN 0 ELSE s.chance END",
        automated_probability="CASE WHEN s.won THEN 100 WHEN s.lost THEN 0 ELSE s.chance END",
        expected_revenue="s.revenue",
        prorated_revenue="""round(s.revenue * (CASE WHEN s.won THEN 100 WHEN s.lost THEN 0
                            ELSE s.chance END)::numeric / 100, 2)""",
        date_closed=f"CASE WHEN s.won OR s.lost THEN LEAST({moment} + interval '20 days', %(today)s) END",
        create_date=moment,
        write_date=moment,
        date_open=moment,
        date_last_stage_update=moment,
    )


def activities(loader):
    """Insert activities on contacts and leads; four in five are done, which archives them."""
    loader.multiply(
        "mail_activity",
        """SELECT x.*, %(first_activity)s + n - 1 AS id, %(activity)s AS model, p.complete_name,
                  CASE WHEN open THEN %(today)s::date - 15 + bench_pick(n, 240, 60) ELSE done END AS due
             FROM (SELECT n, bench_part(n, 241) < 0.2 AS open,
                          %(today)s::date - 730 + floor(730.0 * n / %(activities)s)::int AS done,
                          CASE WHEN bench_part(n, 242) < 0.6 THEN bench_person(n, 243) END AS person,
                          bench_pick(n, 245, %(leads)s) AS k
                     FROM generate_series(1, %(activities)s::bigint) n) x
             LEFT JOIN res_partner p ON p.id = x.person""",
        res_model="CASE WHEN s.person IS NULL THEN 'crm.lead' ELSE 'res.partner' END",
        res_model_id="CASE WHEN s.person IS NULL THEN %(lead_model)s ELSE %(partner_model)s END",
        res_id="COALESCE(s.person, %(first_lead)s + s.k)",
        res_name="COALESCE(s.complete_name, 'Oportunidad ' || s.k + 1)",
        user_id="bench_user(s.n)",
        date_deadline="s.due",
        date_done="CASE WHEN NOT s.open THEN s.done END",
        active="s.open",
        create_date="LEAST(s.due, %(today)s::date) - 5 + time '10:00'",
        write_date="LEAST(s.due, %(today)s::date) - 5 + time '10:00'",
    )


def meetings(loader):
    """Insert meetings of a salesperson with somebody, a third of them about a lead."""
    loader.multiply(
        "calendar_event",
        """SELECT n, %(first_meeting)s + n - 1 AS id, %(meeting)s AS model,
                  %(today)s::date - 540 + floor(600.0 * n / %(meetings)s)::int AS day,
                  bench_part(n, 250) < 0.05 AS allday
             FROM generate_series(1, %(meetings)s::bigint) n""",
        user_id="bench_user(s.n)",
        allday="s.allday",
        start_date="CASE WHEN s.allday THEN s.day END",
        stop_date="CASE WHEN s.allday THEN s.day END",
        start="s.day + interval '1 hour' * (8 + bench_pick(s.n, 251, 10))",
        stop="s.day + interval '1 hour' * (9 + bench_pick(s.n, 251, 10))",
        privacy="CASE WHEN bench_part(s.n, 252) < 0.02 THEN 'private' END",
        opportunity_id="""CASE WHEN bench_part(s.n, 253) < 0.3
                          THEN %(first_lead)s + bench_pick(s.n, 254, %(leads)s) END""",
        create_date="s.day - 7 + time '10:00'",
        write_date="s.day - 7 + time '10:00'",
    )
    attendees = """
        SELECT %(first_meeting)s + n - 1 AS event, %(first_attendee)s + 2 * (n - 1) + who AS id,
               CASE who WHEN 0 THEN bench_user_partner(n) ELSE bench_person(n, 255) END AS person,
               %(attendee)s AS model
          FROM generate_series(1, %(meetings)s::bigint) n, generate_series(0, 1) who"""
    loader.execute(
        "INSERT INTO calendar_event_res_partner_rel (res_partner_id, calendar_event_id)"
        f" SELECT person, event FROM ({attendees}) s"
    )
    loader.multiply(
        "calendar_attendee",
        attendees,
        event_id="s.event",
        partner_id="s.person",
        access_token="md5(s.id::text)",
    )


def messages(loader):
    """Insert messages; the author is a salesperson or somebody of the account."""
    moment = MOMENT.format(days=1095, total="%(messages)s")
    loader.multiply(
        "mail_message",
        "SELECT *, %(first_message)s + n - 1 AS id, %(message)s AS model FROM bench_talk ORDER BY n",
        message_type="(ARRAY['notification', 'comment', 'email', 'email_outgoing', 'comment',"
        " 'comment'])[s.kind + 1]",
        subtype_id="CASE WHEN s.kind < 2 THEN %(note_subtype)s ELSE t.subtype_id END",
        is_internal="s.kind = 1",
        model="(ARRAY['crm.lead', 'res.partner', 'account.move'])[s.about]",
        res_id="s.res_id",
        author_id="CASE WHEN s.kind IN (2, 5) THEN s.person ELSE bench_user_partner(s.n) END",
        email_from="CASE WHEN s.kind = 2 THEN 'cuenta' || s.n || '@example.com' ELSE t.email_from END",
        message_id="'<' || md5(s.n::text) || '.' || s.n || '-openerp@example.com>'",
        subject="CASE WHEN s.kind IN (2, 3) THEN 'Pedido ' || s.n END",
        body=f"CASE WHEN s.kind > 0 THEN {BODY} ELSE '' END",
        date=moment,
        create_date=moment,
        write_date=moment,
    )


def notifications(loader):
    """Insert the notification of each person that our e-mails and comments went to."""
    loader.multiply(
        "mail_notification",
        """SELECT n, %(first_notification)s - 1 + ROW_NUMBER() OVER (ORDER BY n) AS id,
                  %(notification)s AS model, person
             FROM bench_talk WHERE ours AND person IS NOT NULL""",
        author_id="bench_user_partner(s.n)",
        mail_message_id="%(first_message)s + s.n - 1",
        mail_mail_id="NULL",
        res_partner_id="s.person",
        notification_status="'sent'",
    )
