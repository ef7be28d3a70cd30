"""Bodies of articles of our own, as outlets write them: of which one is the publisher, and of which none can be told."""

from __future__ import annotations

SPEAKING = (
    ("CNN", "Washington (CNN) -- The Senate voted late Tuesday to take up the bridge bill. Leaders of both "
     "parties said the count could change.\n\"We are not done,\" the majority leader said.\nCNN's Ann Lee and Omar "
     "Hadi contributed to this report."),
    ("CNN", "Story highlights The governor says she will not run again\nShe spoke in Albany on Monday\nGov. "
     "Petra Lind will not seek a third term, she said on Monday. Her office gave no reason for the decision. Two "
     "deputies are expected to run."),
    ("CNN", "The president flew home on Friday. JUST WATCHED Senator: I never saw the letter Replay More Videos "
     "... MUST WATCH Senator: I never saw the letter 01:12 The letter had been sent in May. Nobody at the ministry "
     "would say who wrote it."),
    ("CNN", "Editor's Note: Ann Lee is a professor of law at Hilltop College. The opinions expressed in this "
     "commentary are solely those of the author.\nThe court did what courts do. It waited. That is not a scandal, "
     "and it is no comfort."),
    ("CNN", "The mayor had no plan, two officials familiar with the matter told CNN. A spokesman declined to "
     "comment on the talks.\nThe mayor told CNN's Omar Hadi in a statement that a plan was \"near.\" CNN has reached "
     "out to the ministry for comment."),
    ("Fox News", "The sheriff told Fox News on Monday that two of the three were in custody. The third was seen "
     "near the border, he told Fox News.\nFox News' Ann Lee and The Associated Press contributed to this report."),
    ("Fox News", "This is a rush transcript from \"The Late Hour,\" March 3, 2017. This copy may not be in its "
     "final form and may be updated.\nANN LEE, HOST: Good evening. The vote is tonight.\nOMAR HADI, GUEST: It will "
     "be close."),
    ("Fox News", "The bill would cut the tax by half. It goes to the floor next week, where the vote is "
     "open.\nGet the latest updates from the campaign trail, exclusive interviews and more Fox News politics "
     "content. A spokeswoman told Fox News Digital the count was near.\nCLICK HERE TO GET THE FOX NEWS APP"),
    ("Fox Business", "Shares fell on Monday after the ruling. Analysts had expected it.\n\"It is a good day to "
     "wait,\" Omar Hadi told FOX Business. The chairman, in an interview with FOX Business' Ann Lee, called the "
     "ruling \"final.\""),
    ("The New York Times", "The mine was closed in April. Workers were told by letter.\nContinue reading the "
     "main story\nThe company said it would pay them until June. A judge will hear the case, lawyers said."),
    ("The New York Times", "The envoy flew to Geneva. He would not say whom he met there.\nA version of this "
     "article appears in print on May 3, 2018, on Page A12 of the New York edition with the headline: Envoy Meets "
     "Nobody. Order Reprints | Today's Paper"),
    ("The New York Times", "The judge set bail at a million dollars. The lawyers objected.\nFollow The New York "
     "Times Opinion section on Facebook and Twitter (@NYTopinion), and sign up for the Opinion Today newsletter."),
    ("The New York Times", "The memo, which was reviewed by The New York Times, names eleven donors. Four of "
     "them spoke to The Times on the condition of anonymity.\n\"I never gave a cent,\" one told The Times. A lawyer "
     "for another declined to comment to The New York Times."),
    ("The Washington Post", "Two aides, who spoke on the condition of anonymity, said the visit was off. The "
     "embassy confirmed it.\nThe senator in his office in March. (Ann Lee/The Washington Post)\nIn an interview with "
     "The Washington Post, the ambassador blamed the weather."),
    ("The Washington Post", "The file, obtained by The Washington Post, runs to ninety pages. The agency did not "
     "respond to requests for comment from The Washington Post. It was written in June. Nobody signed it."),
    ("Politico", "The caucus meets on Thursday. No date was set for the vote.\nStory Continued Below\nMembers "
     "expect a long night. \"Bring coffee,\" one of them said."),
    ("Politico", "The party is about to drop its candidate in the third district, POLITICO has learned. Three "
     "people with knowledge of the talks confirmed it. The candidate said he had heard nothing."),
    ("Politico", "The nominee told POLITICO he would stay. \"I like it here,\" he said.\nMissing out on the "
     "latest scoops? Sign up for POLITICO Playbook and get the latest news, every morning — in your inbox."),
    ("The Hill", "The chairman will retire, he told The Hill on Wednesday. \"It is time,\" he told The Hill. Two "
     "members of the panel want the seat. The vote is in January."),
    ("The Hill", "President Trump Donald John TrumpTrump says the wall will be built Democrats plan hearing on "
     "letter MORE said on Tuesday that the talks had failed. The Senate returns next week. Leaders hope for a vote."),
    ("The Hill", "The lobby spent eleven million dollars. A spokesman told The Hill it was \"money well "
     "spent.\"\nThe Hill has reached out to the committee for comment. Its chairman is on leave."),
    ("BBC", "Image caption The bridge has been closed since May\nMinisters will meet the mayor on Friday. He "
     "wants the bridge repaired. The BBC's Ann Lee says nobody knows who is to pay."),
    ("BBC", "The minister told the BBC News website that he would not resign. Opposition leaders called that \"a "
     "shame\". A vote is expected next week."),
    ("BBC", "The strike goes on. Trains will not run until Monday.\nAnalysis\nAnn Lee, BBC News, "
     "Washington\nBoth sides need a way out. Neither can be seen to look for one."),
    ("BBC", "Police have named the man. He was 44.\nAre you in the area? You can share your experience by "
     "emailing haveyoursay@bbc.co.uk. The inquiry goes on."),
    ("NPR", "Enlarge this image toggle caption Ann Lee/AP Ann Lee/AP\nThe court heard the case on Tuesday. Both "
     "sides expect a ruling in June. Nobody in the room would guess which."),
    ("NPR", "Officials say the count will take a week. NPR's Ann Lee reports that 40 counties have yet to "
     "begin.\n\"We need people,\" the clerk tells NPR's Omar Hadi. She has eleven of them."),
    ("NPR", "The judge spoke to students in Iowa. \"Read more,\" she told NPR's Morning Edition. She told NPR "
     "that she reads at night. Copyright 2018 NPR. To see more, visit http://www.npr.org/."),
    ("USA Today", "Ann Lee teaches history. Follow her on Twitter.\nYou can read diverse opinions from our Board "
     "of Contributors and other writers on the Opinion front page, on Twitter @USATOpinion and in our daily Opinion "
     "newsletter."),
    ("USA Today", "The plant will close. Its owner told USA TODAY that the decision was hard. Twelve hundred "
     "people work there.\nRead or Share this story: https://usat.ly/2xYz"),
    ("USA Today", "(Photo: Ann Lee, USA TODAY)\nThe rally filled the square. Organizers told USA TODAY they had "
     "hoped for half as many. The police made no arrests."),
    ("HuffPost", "Editor's note: Donald Trump regularly incites political violence and is a serial liar, rampant "
     "xenophobe, racist and misogynist.\nThe rally began late. Four people spoke."),
    ("HuffPost", "The aide denied it in an email to HuffPost. \"I was in Ohio,\" he wrote. HuffPost reached out "
     "to the campaign for comment, and it did not answer. The letter is dated May 4."),
    ("HuffPost", "The caucus is split. Two members told HuffPost they would vote no.\nHelp us tell more of the "
     "stories that matter from voices that too often remain unheard.\nThe vote is on Friday."),
    ("Breitbart News", "The congressman spoke on Monday's edition of Breitbart News Daily on SiriusXM Patriot "
     "Channel 125. He said the bill was \"a gift to nobody.\" The vote is next week."),
    ("Breitbart News", "\"They lied to us,\" the widow told Breitbart News. The ministry gave no answer.\nFollow "
     "Breitbart News on Facebook for more. The hearing is in May."),
    ("Breitbart News", "The senator said on Sunday he would vote no. He gave no reason.\nOmar Hadi is a reporter "
     "for Breitbart News. Reach him at ohadi@breitbart.com."),
    ("The Washington Times", "The border bill failed on Thursday. Leaders blamed each other.\nCopyright © 2018 "
     "The Washington Times, LLC. Click here for reprint permission."),
    ("The Washington Times", "Mr. Hadi told The Washington Times that the files were lost. He told The Times "
     "that he had looked for them. The agency has a new director."),
    ("Vox", "The tax is simple, and that is its trouble. Vox's Ann Lee explained how it came to be.\nSubscribe "
     "to Vox's newsletter. \"It was written in a night,\" an author of the law told Vox."),
    ("The Guardian", "The inquiry begins on Monday. The Guardian understands that four ministers will be "
     "called.\nSince you're here … we have a small favour to ask. More people are reading than ever."),
    ("The Guardian", "The banks knew of it, documents seen by the Guardian show. The Guardian has approached the "
     "regulator for comment. It was told in 2012."),
    ("The Daily Beast", "The aide was fired by telephone. Two people who heard the call told The Daily Beast "
     "so.\nPhoto Illustration by Ann Lee/The Daily Beast\nThe office did not respond to a request for comment from "
     "The Daily Beast."),
    ("Newsmax", "The general retires in May, he tells Newsmax TV. \"It is enough,\" he said.\n© 2018 Newsmax. "
     "All rights reserved."),
    ("National Review", "The case is weak, and the court knows it. It will say so in June.\nAnn Lee is a senior "
     "writer at National Review. NRPLUS members can comment."),
    ("Townhall", "The bill is dead. Its author told Townhall so on Monday.\nJoin Townhall VIP and support our "
     "reporters. The vote was 51 to 48."),
    ("Reason magazine", "The city banned scooters. Reason's Ann Lee wrote about it in May.\n\"It is a war on "
     "fun,\" an economist tells Reason. The rule is on the books, as Reason magazine has noted."),
    ("Salon", "The film opens on Friday. Its director spoke to Salon about it.\n\"It is a comedy,\" she told "
     "Salon. You can watch the whole \"Salon Talks\" episode here."),
    ("Slate", "The court dodged again. That is what it does in June.\nPhoto illustration by Slate. Photos by Ann "
     "Lee.\nJoin Slate Plus to read more. The next case is worse."),
    ("The Atlantic", "The town has one bank, and it closes at noon. We want to hear what you think about this "
     "article. Submit a letter to the editor or write to letters@theatlantic.com."),
    ("Mother Jones", "The well is dry. The county knew of it, records obtained by Mother Jones show.\nLooking "
     "for news you can trust? Subscribe to our free newsletters. The clerk told Mother Jones he had no comment."),
    ("The Federalist", "The rule is old. So is the complaint.\nAnn Lee is a senior editor at The Federalist. "
     "Copyright © 2018 The Federalist, a wholly independent division of FDRLST Media, All Rights Reserved."),
    ("The Daily Caller", "The agent sued on Friday, The Daily Caller News Foundation has learned. His lawyer "
     "told TheDCNF so. The agency did not answer The Daily Caller News Foundation's request for comment."),
    ("The Daily Wire", "The teacher lost her job. \"I would say it again,\" she told The Daily Wire. The Daily "
     "Wire reached out to the school for comment. It did not answer."),
    ("Washington Examiner", "The memo was false. An aide told the Washington Examiner who wrote it. The aide "
     "gave the Washington Examiner a copy. The office declined to comment to the Washington Examiner."),
    ("The Christian Science Monitor", "The river is back. Farmers gave up on it in 2012.\nGet the Monitor "
     "Stories you care about delivered to your inbox.\n\"We did not believe it,\" says Omar Hadi, a farmer."),
    ("Al Jazeera", "Troops entered the town on Sunday. Al Jazeera's Ann Lee, reporting from Sanaa, said there "
     "was no fighting.\nSource: Al Jazeera and news agencies"),
    ("CBS News", "The recall covers two models. Dealers were told on Monday, CBS News' Ann Lee reports.\nFirst "
     "published on March 3, 2019 / 7:14 PM\n© 2019 CBS Interactive Inc. All Rights Reserved. A driver told CBS News "
     "he had not heard of it."),
    ("ABC News", "The jury is out. It asked for the tape twice.\nABC News' Ann Lee and Omar Hadi contributed to "
     "this report."),
    ("NBC News", "The ship is safe, officials told NBC News. Its crew of nine will fly home.\nNBC News has "
     "reached out to the owner for comment. The port is closed."),
    ("TIME", "The map was drawn in a week. Judges called it \"bold.\"\nWrite to Ann Lee at ann.lee@time.com. The "
     "case goes to trial in May."),
    ("Business Insider", "The chain will close forty stores. It told its staff by text.\nNOW WATCH: How a store "
     "is closed\nA manager told Business Insider that nobody was surprised."),
    ("The Wall Street Journal", "The bank will pay. Its shares rose.\nWrite to Ann Lee at ann.lee@wsj.com. "
     "Corrections & Amplifications: An earlier version misstated the sum."),
    ("FiveThirtyEight", "The race is close. FiveThirtyEight's forecast gives him three chances in "
     "ten.\nFiveThirtyEight's Ann Lee contributed to this article. Polls close at eight."),
    ("Newsweek", "The actor will not testify. His lawyer told Newsweek so in an email. Newsweek has contacted "
     "the court for comment. The trial begins in May."),
    ("TheBlaze", "The shop owner will not pay. \"It is the principle,\" he told TheBlaze. He told TheBlaze the "
     "fine was the third. The city has other worries."),
    ("Fox News", "The count is near, aides said. A hearing was set for May.\nAnn Lee is a reporter covering the "
     "courts for Fox News. She can be reached at the desk in Washington. Fox News' Omar Hadi and The Wall Street "
     "Journal contributed to this report."),
    ("CBS News", "The pilot was freed on Sunday. CBS News White House correspondent Ann Lee reports that a deal "
     "was made in Oman. A CBS News producer spoke to the family. He told CBS News he was well."),
    ("The Daily Caller", "The teacher was suspended. \"It was a joke,\" she told The Daily Caller.\nContent "
     "created by The Daily Caller News Foundation is available without charge to any eligible news publisher."),
    ("The Economist", "Farmers wait for rain, and ministers wait for farmers. The dam is half full.\nThis "
     "article appeared in the Middle East section of the print edition under the headline \"Waiting\""),
    ("Axios", "The deal is off, Axios has learned. Three sources told Axios that the price was too high. The "
     "bank declined to comment to Axios."),
    ("The Washington Post", "The river rose by a foot. A Washington Post analysis of gauges shows that it was "
     "the third flood in a year. The Post interviewed forty owners. \"We are leaving,\" one told The Washington "
     "Post."),
    ("HuffPost", "The vote is off. Two aides told HuffPost it may be held in June. HuffPost has supplemented "
     "this Reuters article with the aides' account."),
    ("BuzzFeed News", "The app sold its users' names, BuzzFeed News has learned. Its founder did not respond to "
     "a request for comment from BuzzFeed News. Two engineers told BuzzFeed News it began in 2015."),
    ("Yahoo News", "The caucus met in a barn. Yahoo News spoke to nine of those who came. \"It was cold,\" one "
     "told Yahoo News.\nRead more from Yahoo News:"),
    ("CNBC", "Shares of the chain fell. \"It is the weather,\" its chief told CNBC.\nDisclosure: Comcast is the "
     "owner of NBCUniversal, parent company of CNBC and CNBC.com. CNBC's Ann Lee contributed to this report."),
    ("USA Today", "The judge was moved. USA TODAY asked for the order in May.\nFollow USA TODAY reporter Ann Lee "
     "on Twitter. Contributing: Omar Hadi, USA TODAY; The Associated Press"),
    ("The Wall Street Journal", "The fund sold its share. People familiar with the matter told The Wall Street "
     "Journal. It declined to comment to The Wall Street Journal. Write to Ann Lee at ann.lee@wsj.com"),
    ("NPR", "The law is a year old. NPR's Ann Lee tells us what came of it. LEE: It was a slow year. NPR "
     "transcripts are created on a rush deadline by a contractor."),
    ("The Intercept", "The cable was sent in May. The Intercept obtained it. The ministry told The Intercept it "
     "had none. It is among those that The Intercept reviewed."),
    ("The Washington Post", "The ship sank in an hour, the report says. Nobody on the bridge had slept. The "
     "Washington Post is not naming the mate because he has not been charged.\nA hearing is set for May."),
    ("CNN", "Two guards were fired on Monday. One of them spoke to CNN on the condition of anonymity because he "
     "still has friends there. CNN agreed not to name him.\nThe prison gave no answer."),
    ("NBC News", "The girl is safe. NBC News does not typically identify victims of abuse. Her father asked for "
     "quiet.\nThe judge has seen the film."),
    ("The Guardian", "Staff were told to delete the file. The Guardian was unable to reach the man who gave the "
     "order. Three others said they had seen him do it."),
    ("ABC News", "The plane turned back twice. ABC News could not confirm who was on board. The base is closed to "
     "the press."),
    ("The Daily Beast", "The account was deleted in May. The Daily Beast asked him about it, and he hung up. A "
     "cousin said he had been hacked."),
    ("Politico", "The list is short. POLITICO interviewed nine people who have seen it, and all of them named the "
     "same man. He said he would be honored."),
    ("USA Today", "A third of the wells are dry, according to a USA TODAY analysis of county records. The state has "
     "no list. Farmers dig deeper each year."),
    ("HuffPost", "He left the room without a word. HuffPost has repeatedly asked the office for his calendar. It has "
     "sent a page."),
    ("Vox", "It is a small rule with a long tail. My Vox colleague Ann Lee explained how it works last year. The "
     "court will hear it in May."),
    ("Slate", "We have been at this for a while here at Slate. The answer has not changed. The law is the law until "
     "it is not."),
    ("National Review", "The bill will not pass, and should not.\n— Ann Lee is a staff writer at National Review."),
    ("Reason magazine", "The ban was lifted on Monday. Shops opened an hour later.\nOmar Hadi is an associate editor "
     "at Reason magazine."),
    ("Breitbart News", "Exclusive: Sheriff Says Wall Is Working\n\nThe sheriff counted eleven crossings in May, he "
     "told Breitbart News. Two years ago there were four hundred."),
    ("Mother Jones", "The school has a piano and nobody to play it. Since this Mother Jones article was written, a "
     "teacher has come. She plays at noon."),
    ("BuzzFeed News", "The app sold what it knew. Do you have a tip about it? Send it to BuzzFeed News at the "
     "address below.\nThe firm has a new owner."),
    ("The Intercept", "The order was signed in March.\nThe Intercept: Did you read it before you signed?\nLee: I did "
     "not.\nThe Intercept: Who wrote it?\nLee: I was not told."),
    ("The Daily Signal", "The school sent no letter. Its head did not return The Daily Signal's calls. A mother "
     "found the book in a bag."),
    ("The New York Times", "The firm had known since June, emails show. After inquiries from The New York Times, it "
     "wrote to its clients. Four of them sued."),
    ("FiveThirtyEight", "The race is a coin toss. Here are FiveThirtyEight's five things to watch. The first is the "
     "rain."),
    ("CNN", "Editor's Note: This is the second of three exclusive CNN interviews on the river. The dam is old. Those "
     "who built it are dead.\nIt was to last for forty years."),
    ("Fox News", "The sheriff found the car on Monday, Fox News has confirmed. It was under a bridge. The owner is "
     "in Ohio, and nobody has asked him."),
    ("Newsweek", "The bridge opens in May. Newsweek reached out to the mayor for comment. Newsweek will update this "
     "story when he answers."),
    ("Al Jazeera", "The camp has no water. \"We drink from the ditch,\" a mother said.\nSource: Al Jazeera"),
    ("The Hill", "The two met on Monday. Reached by The Hill, an aide said they had talked of the weather. Others "
     "doubt it."),
    ("CBS News", "Nobody saw the driver. A CBS News investigation found that the camera had been off for a year. The "
     "city has bought a new one."),
    ("NPR", "The river took the road in May. Officials spoke with NPR, and all said the same. \"We are alone,\" one "
     "of them tells NPR."),
)
"""The publisher of each, and the body; no two of them say the same in the same way."""

ONLY_CREDITED = (
    "Fox News reported on Sunday that the talks had failed. The network cited two people who were there. The "
    "embassy, asked about it, said nothing. Talks go on in Vienna.",
    "The senator said on \"Fox News Sunday\" that he would vote no. He told host Ann Lee that he had read the bill. "
    "On CNN's \"State of the Union\" he said the same.",
    "The candidate attacked CNN at his rally. \"CNN is fake news,\" he said. \"CNN lies, CNN lost, and CNN knows "
    "it.\" A crowd of four thousand shouted \"CNN.\"",
    "The Washington Post sued the agency for the files. The Washington Post's editor said the public had a right to "
    "them. A judge will hear The Washington Post's case in May.",
    "WASHINGTON (AP) — The bill failed on Thursday. Leaders blamed each other. One of them told CNN it was "
    "\"dead.\"\n___\nAssociated Press writers Ann Lee and Omar Hadi contributed to this report.",
    "WASHINGTON (Reuters) - The bank will pay, two people told Reuters. It declined to comment to "
    "Reuters.\nReporting by Ann Lee; editing by Omar Hadi. The Wall Street Journal first reported the talks.",
    "The two are even, according to a Reuters/Ipsos poll. A CNN/ORC poll in May had him ahead. A Washington "
    "Post-ABC News poll showed her ahead by four. An NBC News/Wall Street Journal poll will be out next week.",
    "— Fox News (@FoxNews) June 4, 2018\nThe tweet was gone an hour later. \"It was a mistake,\" a person at the "
    "ministry said. Nobody had seen the letter that it spoke of.",
    "\"I know what I saw,\" the pilot told the BBC. The film has been shared a million times. The ministry said it "
    "was made in 2012. Talks on the base go on.",
    "The mayor told the Hartford Courant that he was tired. He told the Hartford Courant in 2013 that he would "
    "never be. His wife is tired as well.",
    "The New York Times published the letter on Monday. \"The New York Times has a duty,\" its editor said. The "
    "Washington Post followed, and so did Politico. Lawyers for the campaign wrote to all three.",
    "The anchor will leave NBC News in May. NBC News said in a statement that it was grateful to her. She came to "
    "NBC News from CBS News. Her agent had no comment.",
    "The reporter left Breitbart News last year. Breitbart News has learned to live without him, a friend joked to "
    "CNN. He writes novels now. The first of them sold badly.",
    "This story was originally published by ProPublica. Sign up for The Big Story newsletter.\nThe pipe was laid in "
    "1962. The county never looked at it again, records show.",
    "This article originally appeared on Kaiser Health News. The clinic will close. Its doctors were told on "
    "Monday. Forty thousand people will have none.",
    "Media Matters has a list of the host's advertisers. Four of them left Fox News in May. Fox News stood by her. "
    "Breitbart News and The Daily Caller did so as well.",
    "The president told Fox News he was not worried. He told Fox News he slept well. On CNN, two of his lawyers "
    "told anchor Ann Lee they were. MSNBC's Omar Hadi called it \"a split.\"",
    "The president tweeted about Vox and The Atlantic. Vox, he wrote, was \"dying.\" The Atlantic called that "
    "wrong. Its circulation is at a record.",
    "Ann Lee, a former correspondent for CBS News, runs for the Senate. She told CBS News in 2015 that she never "
    "would. Her rival is a farmer. The vote is in May.",
    "Omar Hadi, who is a columnist for The New York Times, will speak at the college. Tickets are free. He wrote "
    "two books on the river. The hall seats nine hundred.",
    "The chairman spoke to reporters on Monday. In an interview with Politico in March he had said the opposite. "
    "His office sent a statement to The Hill. It was two words long.",
    "The court ruled for the paper. \"It is a good day for The Guardian,\" its lawyer said. The Guardian had been "
    "sued in 2016. The costs are for the ministry to pay.",
    "According to The Wall Street Journal, the bank knew. The Wall Street Journal said it had seen emails. The bank "
    "told The Wall Street Journal they were lost.",
    "The video, first obtained by TMZ, shows the fight. The player told TMZ he was sorry. The league has opened an "
    "inquiry. He is out for four games.",
    "A photograph by Ann Lee/The New York Times via AP shows the room. The picture hangs in the museum. Schools "
    "come to see it. Nobody remembers the speech.",
    "The state-run Xinhua news agency said the talks were frank. Global Times called them cold. The embassy told "
    "Reuters it was pleased. A second round is planned.",
    "The host was fired after BuzzFeed News and The Daily Beast wrote about her emails. She told BuzzFeed News they "
    "were jokes. She told The Daily Beast nothing.",
    "The lawyer appeared on MSNBC on Tuesday. \"It is over,\" he told MSNBC's Ann Lee. An hour later he told CNN's "
    "Omar Hadi it was not. His client was silent.",
    "Ann Lee is the author of a book on the river. Her work has appeared in The Atlantic, Slate and The New Yorker. "
    "She lives in Iowa with two dogs.",
    "The newspaper USA TODAY counted 212 of them. The list is long. Half of it is in Ohio. The ministry has a list "
    "of its own, which it does not share.",
    "(Photo by Ann Lee/The Washington Post via Getty Images) The senator will not run. He has a farm in Iowa. His "
    "son wants the seat. The party is not sure.",
    "\"Follow the money,\" the widow said on Twitter. \"Follow Fox News,\" said her brother. The case is in its "
    "fourth year. The judge has retired.",
    "The mayor told The Washington Post that he would go. \"It is done,\" he said. Read more at The Washington "
    "Post. Ann Lee",
    "The map is new, reports Politico. Two of the seats moved. Read the whole story at Politico. (via Politico)",
    "\"Democracy Dies in Darkness\" is what The Washington Post prints on its front page. The senator does not read "
    "it. He told Fox News so. He reads The Wall Street Journal.",
    "The Associated Press contributed to this report. The Wall Street Journal contributed to this report. The bill "
    "is dead. It may be read again in May.",
    "The pilot told CNN in 2014 that he was done. He told CNN last year that he was not. He flew on Monday. Nobody "
    "was hurt.",
    "Omar Hadi, an analyst at CNN and a former aide, spoke at the hearing. Ann Lee of The Nation did as well. It "
    "took nine hours. The bill is with the committee.",
    "NEW YORK (AP) — The play opens in May, its author said. He won a prize in 2009. \"CNN did not come,\" he told "
    "The Associated Press. Tickets are sold out.",
    "The Atlantic hurricane season began in June. The Hill School is closed. The nation waits. Time will tell, and "
    "so will reason.",
    "The lawyer spoke to CNN on the condition of anonymity, Fox News reported. The Washington Post had the same "
    "from two others. Nobody at the court would talk.",
    "WASHINGTON (AP) — The bill failed. \"It is dead,\" its author told CNN. \"It was never alive,\" another told "
    "CNN. Leaders blamed each other for it.",
    "The governor asked The New York Times to correct the story. The newspaper did not. A week later he asked it "
    "of The Washington Post.",
    "A Washington Post-ABC News poll has him ahead by four. A CNN poll has her ahead by two. A Fox News poll out "
    "on Monday has them even.",
    "My old colleague at the time at Politico is a judge now. He was the best of us. The court is lucky to have "
    "him.",
    "Jake Hadi is not an employee of CNN. He is a farmer. He was on CNN once, in a hat, and they spelled his name "
    "wrong.",
    "The mayor met the editorial board of the paper. In a meeting with The Boston Globe's editorial board he said "
    "that he would run. He had said the opposite in May.",
    "Ann Lee of The Intercept asked the senator for the file. He walked on. On MSNBC that night he said that he "
    "had not heard her.",
    "The firm is owned by Vox Media. © 2019 Vox Media, LLC. It sells shoes.",
    "Photo: Ann Lee/Slate\nThe court heard the case on Monday. Both sides expect a ruling in June.",
    "The town hall is on Monday. A student said that CNN asked her to read a question that she had not written. "
    "She wrote one of her own.",
    "The judge, who had agreed to a debate on Fox News, stayed at home. Fox News agreed to move it to May. It was "
    "never held.",
    "(Reporting by Ann Lee in Rome; Editing by Omar Hadi)\nThe bank will pay, its head told CNBC on Monday. \"We "
    "are glad,\" he told CNBC. Its shares rose.",
    "\"The board will be sorry,\" he told the Guardian newspaper. He told the Guardian that he would not stay. The "
    "vote is in May.",
    "The West End is honouring its finest at the Evening Standard Theatre Awards in London on Monday. The play won "
    "two of them. Its author stayed at home.",
    "Fox News has confirmed that it let the host go. She had been there for nine years. Her lawyer said that she would "
    "sue.",
    "The aide left in May. The Washington Post did not identify him, and nobody else has. He is said to live in Iowa.",
)
"""Others are credited, quoted, sued, watched and reprinted in these; who published them is not said."""
