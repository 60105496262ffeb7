// The mail that a newcomer finds: friendly, with a few links.

const BUTTON = 'display:inline-block;background:#2f4bd0;color:#ffffff;text-decoration:none;padding:11px 22px;border-radius:8px;font-weight:600';

export const SAMPLE = {
  to: ['newsletter@company.com'],
  subject: 'Autumn at the lighthouse: what is new this week',
  html: `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:620px;font-family:Segoe UI,system-ui,sans-serif;color:#1f2430">
<tr><td style="background:#16245c;color:#ffffff;padding:26px 28px;border-radius:12px 12px 0 0">
<div style="font-size:13px;letter-spacing:.08em;text-transform:uppercase;color:#b9c5ff">The weekly</div>
<div style="font-size:25px;font-weight:700;margin-top:4px">Autumn at the lighthouse</div></td></tr>
<tr><td style="padding:24px 28px;border:1px solid #e2e6f3;border-top:0;border-radius:0 0 12px 12px;font-size:15px;line-height:1.6">
<p style="margin:0 0 14px">Hello everybody,</p>
<p style="margin:0 0 14px">three things worth two minutes of your week: the <a href="https://www.example.com/roadmap?utm_source=weekly&amp;utm_medium=mail">autumn roadmap</a> is out, the <a href="https://www.example.com/price-list">new price list</a> holds from December, and Priya tells <a href="https://blog.example.com/stories/harbour">how the harbour deal was won</a>.</p>
<p style="margin:0 0 18px"><a href="https://events.example.com/kick-off/register" style="${BUTTON}">Join the kick-off</a></p>
<p style="margin:0 0 14px">Questions? Write to <a href="mailto:mia.sender@company.com">Mia</a>, or look at the <a href="https://www.example.com/faq">answers to the usual ones</a>.</p>
<p style="margin:0;color:#5c6480">See you on Thursday,<br>Mia Lambert, Internal Communications</p>
</td></tr></table>`,
};
