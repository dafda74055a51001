-- NukeViet
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `nv4_vi_news_rows`;
CREATE TABLE `nv4_vi_news_rows` (
  `id` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `catid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `listcatid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `topicid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `admin_id` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `author` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `sourceid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `addtime` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `edittime` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `status` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `publtime` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `exptime` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `title` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `alias` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `hometext` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `homeimgfile` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `homeimgalt` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `homeimgthumb` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `allowed_rating` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `external_link` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `hitstotal` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `total_rating` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `click_rating` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `nv4_vi_news_rows` (`id`, `catid`, `listcatid`, `topicid`, `admin_id`, `author`, `sourceid`, `addtime`, `edittime`, `status`, `publtime`, `exptime`, `title`, `alias`, `hometext`, `homeimgfile`, `homeimgalt`, `homeimgthumb`, `allowed_rating`, `external_link`, `hitstotal`, `total_rating`, `click_rating`) VALUES
(1, 2, '2,3', 1, 1, 'An', 1, 1277690000, 1277690100, 1, 1277690000, 0, 'Hội nghị &amp; lúa', 'Hoi-nghi', 'Một<br />hai', 'a.jpg', 'Ảnh', 1, '1', 0, 5, 9, 2),
(2, 2, '2', 0, 1, '', 0, 1277690000, 0, 0, 0, 0, 'It\'s', '', NULL, '../secret.jpg', '', 1, '', 0, 0, 0, 0);
CREATE TABLE `nv4_vi_news_detail` (
  `id` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `titlesite` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `description` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `bodyhtml` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `sourcetext` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `files` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `nv4_vi_news_detail` (`id`, `titlesite`, `description`, `bodyhtml`, `sourcetext`, `files`) VALUES
(1, 'T', 'D', '<p>Điều 1</p>', 'https://nukeviet.vn', 'a.pdf'),(2,'','',0x3C623E61,'','');
CREATE TABLE `nv4_vi_news_cat` (
  `catid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `parentid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `title` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `alias` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `weight` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `description` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `descriptionhtml` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `image` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `status` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `add_time` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `edit_time` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  PRIMARY KEY (`catid`)
) ENGINE=InnoDB;
INSERT INTO `nv4_vi_news_cat` (`catid`, `parentid`, `title`, `alias`, `weight`, `description`, `descriptionhtml`, `image`, `status`, `add_time`, `edit_time`) VALUES
(2, 0, 'Tin', 'Tin', 1, '', '', '', 1, 1274986690, 0),(3, 2, 'Nông nghiệp', 'Nong-nghiep', 2, 'd', '<p>h</p>', 'a.jpg', 2, 0, 0);
CREATE TABLE `nv4_vi_news_topics` (
  `topicid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `title` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `alias` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `image` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `description` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `weight` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `add_time` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `edit_time` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  PRIMARY KEY (`topicid`)
) ENGINE=InnoDB;
INSERT INTO `nv4_vi_news_topics` (`topicid`, `title`, `alias`, `image`, `description`, `weight`, `add_time`, `edit_time`) VALUES
(1, 'Chủ đề', 'Chu-de', '', 'x', 1, 1274990212, 1274990212);
CREATE TABLE `nv4_vi_news_sources` (
  `sourceid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `title` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `link` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `logo` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `weight` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `add_time` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `edit_time` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  PRIMARY KEY (`sourceid`)
) ENGINE=InnoDB;
INSERT INTO `nv4_vi_news_sources` (`sourceid`, `title`, `link`, `logo`, `weight`, `add_time`, `edit_time`) VALUES
(1, 'NukeViet', 'http://http://nukeviet.vn', '', 1, 1274989177, 0);
CREATE TABLE `nv4_vi_news_tags` (
  `tid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `title` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `alias` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `description` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `keywords` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  PRIMARY KEY (`tid`)
) ENGINE=InnoDB;
INSERT INTO `nv4_vi_news_tags` (`tid`, `title`, `alias`, `description`, `keywords`) VALUES
(1, 'lúa', 'lua', '', 'lúa');
CREATE TABLE `nv4_vi_news_tags_id` (
  `id` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `tid` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  `keyword` varchar(255) NOT NULL DEFAULT '' COMMENT 'a, b (c)',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `nv4_vi_news_tags_id` (`id`, `tid`, `keyword`) VALUES
(1, 1, 'lúa'),(1,9,'mới');
CREATE TABLE nv4_vi_voting (`vid` int(11), `question` int(11), `acceptcm` int(11), `link` int(11), `admin_id` int(11), `publ_time` int(11), `exp_time` int(11), `act` int(11)) ENGINE=MyISAM;
REPLACE INTO nv4_vi_voting VALUES (1,'Hỏi?',1,'',1,1275318563,0,1);
CREATE TABLE nv4_vi_voting_rows (`id` int(11), `vid` int(11), `title` int(11), `url` int(11), `hitstotal` int(11)) ENGINE=MyISAM;
REPLACE INTO nv4_vi_voting_rows VALUES (1,1,'Có','',3),(2,1,'Không','',9223372036854775807);
CREATE TABLE nv4_vi_about (`id` int(11), `title` int(11), `alias` int(11), `image` int(11), `imagealt` int(11), `description` int(11), `bodytext` int(11), `keywords` int(11), `weight` int(11), `admin_id` int(11), `add_time` int(11), `edit_time` int(11), `status` int(11), `hitstotal` int(11)) ENGINE=MyISAM;
REPLACE INTO nv4_vi_about VALUES (1,'Giới thiệu','gioi-thieu','','','','<p>x</p>','',1,1,1275320174,0,1,4);
CREATE TABLE nv4_vi_menu (`id` int(11), `title` int(11)) ENGINE=MyISAM;
REPLACE INTO nv4_vi_menu VALUES (1,'Menu');
CREATE TABLE nv4_vi_menu_rows (`id` int(11), `parentid` int(11), `mid` int(11), `title` int(11), `link` int(11), `icon` int(11), `note` int(11), `weight` int(11), `module_name` int(11), `op` int(11), `target` int(11), `status` int(11)) ENGINE=MyISAM;
REPLACE INTO nv4_vi_menu_rows VALUES (1,0,1,'Trang','/index.php?language=vi&nv=news','','',1,'news','',1,1),(2,1,1,'Con','https://a.vn','','',1,'','',2,0);
CREATE TABLE `nv4_users` (`userid` int, `username` varchar(9));
INSERT INTO `nv4_users` VALUES (1,'admin');
DELIMITER ;;
CREATE TRIGGER x BEFORE INSERT ON y FOR EACH ROW BEGIN SET a = 1; END;;
DELIMITER ;
LOCK TABLES a WRITE; UNLOCK TABLES;
