"""Every screen of the pane and every page, in every state worth seeing: to be photographed and checked.

What is shown is the app's own, served with its own policy, signed in for real, in the stand-in for Outlook.
Only answers of the API that cannot easily be had are made up, and they are made of the API's own types. What
it says of mails was recorded.

scenes       what a scene is: a name, how to get there, what must be seen then
audiences    made-up counts             reports    made-up mails and what became of them
recording    what the app says of mails that fared in many ways
amended      the page of links
offices      made-up connection, health and audit trail
persons      made-up answers about one person
pane         the scenes of the pane     copies     those of copies to each recipient
pages        the scenes of the pages        runs       how far copies are, made up, and its pages
tongues      lets the scenes' steps find their way in another language
answering    puts made-up answers in the API's place
stages       shows a scene in a browser, in any look
whole        everything behind the browser, for who is no test
"""
